// Package attestation is how the registry says that an image passed its contract: an image beside it, whose one layer is the report, and whose
// labels and annotations say what the report is about.
package attestation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// label is what the names of labels and annotations start with.
const label = "org.toolforge.image-contract."

// Statement is what an attestation is about. Each field is compared as a text.
type Statement struct {
	// Environment is where the image was tried: what passed in another one says nothing here.
	Environment string
	// Image is `<registry>/<repository>@<digest>`.
	Image string
	// Contract is the version of the contract.
	Contract string
	// Family is what the image is, as JSON.
	Family string
	// Canary is the image by digest that was tried in full for this one, too, on the same run image. Empty where all was tried of the image itself.
	Canary string
}

func (s Statement) labels() map[string]string {
	said := map[string]string{
		label + "environment": s.Environment,
		label + "image":       s.Image,
		label + "contract":    s.Contract,
		label + "family":      s.Family,
	}
	if s.Canary != "" {
		said[label+"canary"] = s.Canary
	}
	return said
}

// Tag is where the attestation of a digest stands in its repository. An environment has its own: none overwrites another's.
func Tag(image name.Digest, environment string) (name.Tag, error) {
	digest, err := images.ParseDigest(image.DigestStr())
	if err != nil {
		return name.Tag{}, err
	}
	return images.TagIn(image.Context(), fmt.Sprintf("sha256-%s.contract-%s", digest.Hex, environment))
}

// Found is an attestation that the registry has.
type Found struct {
	Digest string
	// Image is the attestation itself.
	Image     v1.Image
	Reference name.Tag
	labels    map[string]string
}

// Find is the attestation of an image in an environment, whatever it says, or nil.
func Find(ctx context.Context, registry *images.Registry, image name.Digest, environment string) (*Found, error) {
	reference, err := Tag(image, environment)
	if err != nil {
		return nil, err
	}
	descriptor, err := registry.Get(ctx, reference)
	if err != nil || descriptor == nil {
		return nil, err
	}
	attestation, err := descriptor.Image()
	if err != nil {
		return nil, fmt.Errorf("%s is no attestation of the contract: it is no image", reference)
	}
	config, err := attestation.ConfigFile()
	if err != nil {
		return nil, fmt.Errorf("%s is no attestation of the contract: %w", reference, err)
	}
	return &Found{Digest: descriptor.Digest.String(), Image: attestation, Reference: reference, labels: config.Config.Labels}, nil
}

// Differs says what an attestation does not say that is wanted of it, in words; empty when it says all. A contract or family that is empty in the
// statement may be any.
func (f *Found) Differs(wanted Statement) string {
	for key, value := range wanted.labels() {
		if value != "" && f.labels[key] != value {
			return fmt.Sprintf("%s says %s '%s', expected '%s'", f.Reference, key, f.labels[key], value)
		}
	}
	if f.labels[label+"failed"] != "0" {
		return fmt.Sprintf("%s says that '%s' items failed", f.Reference, f.labels[label+"failed"])
	}
	return ""
}

// Canary is the image that was tried in place of this one; empty where all was tried of the image itself.
func (f *Found) Canary() string { return f.labels[label+"canary"] }

// Report is what an attestation says of a report, and is compared with it.
type Report struct {
	Contract      string          `json:"contract"`
	Image         string          `json:"image"`
	Family        json.RawMessage `json:"family"`
	Passed        *int            `json:"passed"`
	Failed        *int            `json:"failed"`
	NotApplicable *int            `json:"notApplicable"`
	// ByCanary are the items that were tried of the canary in place of the image.
	ByCanary int    `json:"byCanary"`
	Canary   string `json:"canary"`
}

// Accept reads a report, and refuses one that is not of the statement, has a failure, or does not speak of as many items as the contract has.
func Accept(text []byte, statement Statement, items int) (*Report, error) {
	var report Report
	if json.Unmarshal(text, &report) != nil || report.Passed == nil || report.Failed == nil || report.NotApplicable == nil {
		return nil, errors.New("the report is no report of the contract: it lacks passed, failed or notApplicable")
	}
	switch {
	case report.Image != statement.Image:
		return nil, fmt.Errorf("the report is of the image '%s', expected '%s'", report.Image, statement.Image)
	case report.Contract != statement.Contract:
		return nil, fmt.Errorf("the report is of the contract '%s', expected '%s'", report.Contract, statement.Contract)
	case !sameJSON(report.Family, []byte(statement.Family)):
		return nil, fmt.Errorf("the report is of the family %s, expected %s", report.Family, statement.Family)
	case *report.Failed != 0:
		return nil, fmt.Errorf("%s does not keep the contract: %d items failed; what failed is not attested", statement.Image, *report.Failed)
	case report.Canary != statement.Canary:
		return nil, fmt.Errorf("the report is of the canary '%s', expected '%s'", report.Canary, statement.Canary)
	case report.ByCanary > 0 && report.Canary == "":
		return nil, fmt.Errorf("the report leaves %d items to a canary, and names none", report.ByCanary)
	case report.ByCanary < 0 || *report.Passed < 1:
		return nil, fmt.Errorf("the report has %d items that passed, and %d by a canary; nothing passes of which nothing was tried", *report.Passed, report.ByCanary)
	case report.items() != items:
		return nil, fmt.Errorf("the report says something of %d items, the contract has %d", report.items(), items)
	}
	return &report, nil
}

func (r *Report) items() int { return *r.Passed + *r.NotApplicable + r.ByCanary }

func sameJSON(one, other []byte) bool {
	var first, second any
	return json.Unmarshal(one, &first) == nil && json.Unmarshal(other, &second) == nil && reflect.DeepEqual(first, second)
}

func (r *Report) labels() map[string]string {
	return map[string]string{
		label + "passed":         strconv.Itoa(*r.Passed),
		label + "failed":         strconv.Itoa(*r.Failed),
		label + "not-applicable": strconv.Itoa(*r.NotApplicable),
		label + "by-canary":      strconv.Itoa(r.ByCanary),
	}
}

// ReadReport is the text of an attestation's report.
func (f *Found) ReadReport() ([]byte, error) {
	layers, err := f.Image.Layers()
	if err != nil || len(layers) == 0 {
		return nil, fmt.Errorf("%s is no attestation of the contract: it has no layer", f.Reference)
	}
	content, err := layers[len(layers)-1].Uncompressed()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Reference, err)
	}
	defer content.Close()
	text, err := reportIn(io.LimitReader(content, limit))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Reference, err)
	}
	return text, nil
}
