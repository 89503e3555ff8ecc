package layers

import (
	"bytes"
	"encoding/json"
	"fmt"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/dpkg"
)

// Report is what became of a tree.
type Report struct {
	// Layers are those of the image, the lowest first.
	Layers []Reported `json:"layers"`
	// Modified are paths of packages that are not as their package has them; they are in the topmost layer.
	Modified []dpkg.Change `json:"modified"`
	// Unplanned are packages that the plan does not name; they are in the topmost layer.
	Unplanned []string `json:"unplanned"`
}

// Reported is a layer in a report. Its size is that of the compressed layer, its content that of its files.
type Reported struct {
	Name     string   `json:"name"`
	Key      string   `json:"key"`
	Packages []string `json:"packages"`
	// Address is where a registry is to keep it for other images; empty for what no other image has.
	Address string `json:"address,omitempty"`
	Blob
	Content int64 `json:"content"`
	Known   bool  `json:"known"`
}

// Report says it all, for whoever reads JSON.
func (d *Division) Report(made []Made) Report {
	report := Report{Layers: []Reported{}, Modified: d.Changed, Unplanned: d.Unplanned}
	for _, each := range made {
		report.Layers = append(report.Layers, Reported{
			Name: each.Name, Key: each.Key, Packages: each.Packages, Address: each.Address, Blob: each.Blob, Content: each.content(), Known: each.Known,
		})
	}
	return report
}

// ParseReport reads what a step before has written.
func ParseReport(text []byte) (*Report, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	report := &Report{}
	if err := decoder.Decode(report); err != nil {
		return nil, fmt.Errorf("no report of layers in JSON: %w", err)
	}
	for _, each := range report.Layers {
		if !keyForm.MatchString(each.Key) || each.Address != "" && !addressForm.MatchString(each.Address) {
			return nil, fmt.Errorf("the layer '%s' of the report has the key '%s' and the address '%s'; expected are 64 and 16 hex characters", each.Name, each.Key, each.Address)
		}
	}
	return report, nil
}
