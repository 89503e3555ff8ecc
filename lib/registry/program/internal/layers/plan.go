// Package layers makes an image of a root filesystem whose layers are those of a plan, each of some Debian packages, and one of all else.
package layers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// Plan says which packages of a release lie together: the layers of every image of it, the lowest first.
type Plan struct {
	Layers []Planned `json:"layers"`
}

// Planned is a layer of a plan. An image has it when it has one of the packages.
type Planned struct {
	Name     string   `json:"name"`
	Packages []string `json:"packages"`
	// Address is that of the versions of these packages: where a registry keeps the layer for other images. Empty in the plan of a release.
	Address string `json:"address,omitempty"`
}

// state is the layer of what belongs to no package of the plan.
const state = "state"

// Addresses are those of its layers that have one.
func (p *Plan) Addresses() []string {
	found := []string{}
	for _, each := range p.Layers {
		if each.Address != "" {
			found = append(found, each.Address)
		}
	}
	return found
}

// ParsePlan reads a plan and refuses what cannot be one.
func ParsePlan(text []byte) (*Plan, error) {
	plan := &Plan{}
	if err := json.Unmarshal(text, plan); err != nil {
		return nil, fmt.Errorf("no plan of layers in JSON: %w", err)
	}
	if plan.Layers == nil {
		return nil, fmt.Errorf("a plan without a list of layers; expected is {\"layers\": [{\"name\": ..., \"packages\": [...]}]}")
	}
	names, layerOf := map[string]bool{state: true}, map[string]string{}
	for _, each := range plan.Layers {
		if each.Address != "" && !addressForm.MatchString(each.Address) {
			return nil, fmt.Errorf("the layer '%s' of the plan has the address '%s'; expected are 16 hex characters", each.Name, each.Address)
		}
		if each.Name == "" || names[each.Name] {
			return nil, fmt.Errorf("the layer '%s' of the plan has no name of its own; '%s' is that of the topmost", each.Name, state)
		}
		names[each.Name] = true
		for _, name := range each.Packages {
			if other, twice := layerOf[name]; twice {
				return nil, fmt.Errorf("the package %s is in the layers %s and %s of the plan; expected is one", name, other, each.Name)
			}
			layerOf[name] = each.Name
		}
	}
	return plan, nil
}

// Known are layers that a registry has, by their key.
type Known map[string]Blob

// Blob is a packed layer.
type Blob struct {
	Digest v1.Hash `json:"digest"`
	DiffID v1.Hash `json:"diffID"`
	// Size is that of the compressed layer.
	Size int64 `json:"size"`
}

var addressForm = regexp.MustCompile(`^[0-9a-f]{16}$`)

var keyForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// IsKey tells whether a text has the form of a key.
func IsKey(text string) bool { return keyForm.MatchString(text) }

// ParseKnown reads what somebody has asked a registry before.
func ParseKnown(text []byte) (Known, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	known := Known{}
	if err := decoder.Decode(&known); err != nil {
		return nil, fmt.Errorf("no known layers in JSON: %w; expected is {\"<key>\": {\"digest\": ..., \"diffID\": ..., \"size\": ...}}", err)
	}
	for key, each := range known {
		if !keyForm.MatchString(key) || each.Digest.Algorithm != "sha256" || each.DiffID.Algorithm != "sha256" || each.Size <= 0 {
			return nil, fmt.Errorf("the known layer '%s' is not all there; expected are a key of 64 hex characters, and digest, diffID and size", key)
		}
	}
	return known, nil
}
