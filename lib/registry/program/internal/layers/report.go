package layers

import "cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/dpkg"

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
	Blob
	Content int64 `json:"content"`
	Known   bool  `json:"known"`
}

// Report says it all, for whoever reads JSON.
func (d *Division) Report(made []Made) Report {
	report := Report{Layers: []Reported{}, Modified: d.Changed, Unplanned: d.Unplanned}
	for _, each := range made {
		report.Layers = append(report.Layers, Reported{
			Name: each.Name, Key: each.Key, Packages: each.Packages, Blob: each.Blob, Content: each.content(), Known: each.Known,
		})
	}
	return report
}
