package layers

import (
	"maps"
	"slices"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/dpkg"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// Layer is a part of the tree, with all folders in which something of it lies.
type Layer struct {
	Name     string
	Packages []string
	// Address is that of the plan; none where the image lacks one of its packages.
	Address string
	Key     string
	entries []item
}

// item is an entry as it stands in a layer: a file that stands there under another name already is a hard link to that one.
type item struct {
	*rootfs.Entry
	sameAs string
}

// Division is a whole tree in layers, the lowest first.
type Division struct {
	Layers []*Layer
	// Changed are paths of packages that are in the topmost layer.
	Changed []dpkg.Change
	// Unplanned are packages that are, since the plan has them in no layer.
	Unplanned []string
}

// Split divides a tree. Each path that is no folder is in one layer.
func Split(tree *rootfs.Tree, plan *Plan) (*Division, error) {
	database, err := dpkg.Open(tree)
	if err != nil {
		return nil, err
	}
	owners, err := database.Owners(tree)
	if err != nil {
		return nil, err
	}
	files := map[string][]string{}
	for path, owner := range owners.Of {
		files[owner] = append(files[owner], path)
	}
	// Empty lists; JSON would have null otherwise.
	made := &Division{Changed: append([]dpkg.Change{}, owners.Changed...), Unplanned: []string{}}
	carried, planned := map[string]bool{}, map[string]bool{}
	for _, each := range plan.Layers {
		layer := &Layer{Name: each.Name, Packages: []string{}, Address: each.Address}
		paths := map[string]bool{}
		for _, name := range slices.Sorted(slices.Values(each.Packages)) {
			planned[name] = true
			if _, installed := slices.BinarySearch(database.Installed, name); !installed {
				layer.Address = ""
				continue
			}
			layer.Packages = append(layer.Packages, name)
			for _, path := range slices.Concat(files[name], owners.Folders[name]) {
				paths[path] = true
			}
		}
		if len(paths) > 0 {
			made.Layers = append(made.Layers, layer.fill(tree, paths, carried))
		}
	}
	rest := map[string]bool{}
	for path := range tree.Entries {
		if !carried[path] {
			rest[path] = true
		}
	}
	for _, name := range database.Installed {
		if !planned[name] {
			made.Unplanned = append(made.Unplanned, name)
		}
	}
	if len(rest) > 0 {
		layer := &Layer{Name: state, Packages: made.Unplanned}
		made.Layers = append(made.Layers, layer.fill(tree, rest, carried))
	}
	return made, nil
}

// fill gives a layer its paths, with the folders above, in an order that depends on nothing else, and its key.
func (l *Layer) fill(tree *rootfs.Tree, paths, carried map[string]bool) *Layer {
	all := maps.Clone(paths)
	for path := range paths {
		for _, above := range rootfs.Above(path) {
			all[above] = true
		}
	}
	first := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(all)) {
		carried[path] = true
		made := item{Entry: tree.Entries[path]}
		if made.Inode != "" {
			if made.sameAs = first[made.Inode]; made.sameAs == "" {
				first[made.Inode] = path
			}
		}
		l.entries = append(l.entries, made)
	}
	l.Key = keyOf(l.entries)
	return l
}
