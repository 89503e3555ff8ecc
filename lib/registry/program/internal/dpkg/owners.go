package dpkg

import (
	"regexp"
	"strings"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// Change is a path that a package has, but not as the package has it.
type Change struct {
	Path    string `json:"path"`
	Package string `json:"package"`
}

// Owners says what belongs to packages. What is in neither map is nobody's.
type Owners struct {
	// Of is the package of each path that is no folder.
	Of map[string]string
	// Folders are the folders of each package; one can be of many.
	Folders map[string][]string
	// Changed are paths that are not in Of, since they were changed after their package was unpacked; sorted.
	Changed []Change
}

// Owners compares the database with the tree.
func (d *Database) Owners(tree *rootfs.Tree) (*Owners, error) {
	found := &Owners{Of: map[string]string{}, Folders: map[string][]string{}}
	links := &resolver{tree: tree, known: map[string]string{}}
	sums := map[string]string{}
	// Sorted, so that it is the same one in every tree where two have a path.
	for _, name := range d.Installed {
		for _, each := range d.packages[name] {
			paths, err := d.paths(tree, name, each)
			if err != nil {
				return nil, err
			}
			found.claim(tree, links, name, paths)
			checksums, err := d.checksums(tree, name, each)
			if err != nil {
				return nil, err
			}
			for path, sum := range checksums {
				if path = links.resolve(path); found.Of[path] == name {
					sums[path] = sum
				}
			}
		}
	}
	found.drop(tree, sums)
	d.addNotes(tree, found)
	addCompiled(tree, found)
	found.keepLinked(tree)
	d.detach(found)
	return found, nil
}

// claim gives the paths of a package's list to it.
func (o *Owners) claim(tree *rootfs.Tree, links *resolver, name string, paths []string) {
	above := map[string]bool{}
	for _, each := range paths {
		for _, folder := range rootfs.Above(each) {
			above[folder] = true
		}
	}
	for _, each := range paths {
		path := links.resolve(each)
		entry := tree.Entries[path]
		switch {
		case entry == nil:
		case entry.Kind == rootfs.Folder:
			o.Folders[name] = append(o.Folders[name], path)
		case entry.Kind == rootfs.Link && above[each]:
			// The package has a folder there. One at the root is of a merged /usr.
			if !strings.Contains(path, "/") {
				o.Of[path] = "base-files"
			}
		case o.Of[path] == "":
			o.Of[path] = name
		}
	}
}

// drop takes from packages what is not as their checksums say.
func (o *Owners) drop(tree *rootfs.Tree, sums map[string]string) {
	for _, path := range sortedKeys(sums) {
		entry := tree.Entries[path]
		// dpkg writes this word while a configuration file is not settled.
		if sums[path] == "newconffile" || entry.Kind == rootfs.File && entry.MD5 == sums[path] {
			continue
		}
		o.change(path)
	}
}

func (o *Owners) change(path string) {
	o.Changed = append(o.Changed, Change{Path: path, Package: o.Of[path]})
	delete(o.Of, path)
}

// addNotes gives dpkg's own files of a package to it.
func (d *Database) addNotes(tree *rootfs.Tree, owners *Owners) {
	for path, entry := range tree.Entries {
		rest, is := strings.CutPrefix(path, info)
		if !is || entry.Kind != rootfs.File {
			continue
		}
		if dot := strings.LastIndexByte(rest, '.'); dot > 0 {
			name, _, _ := strings.Cut(rest[:dot], ":")
			if d.packages[name] != nil {
				owners.Of[path] = name
			}
		}
	}
}

var bytecode = regexp.MustCompile(`^(.*)/__pycache__/([^/]+)\.cpython-[0-9]+(\.opt-[0-9])?\.pyc$`)

// addCompiled gives what packages' scripts have compiled, Python's and Emacs' code, to the package of its source.
func addCompiled(tree *rootfs.Tree, owners *Owners) {
	changed := map[string]bool{}
	for _, each := range owners.Changed {
		changed[each.Path] = true
	}
	for path, entry := range tree.Entries {
		if entry.Kind == rootfs.Folder || owners.Of[path] != "" || changed[path] {
			continue
		}
		owner := ""
		if match := bytecode.FindStringSubmatch(path); match != nil {
			owner = owners.Of[match[1]+"/"+match[2]+".py"]
		} else if source, is := strings.CutSuffix(path, ".elc"); is {
			if owner = owners.Of[source+".el"]; owner == "" {
				owner = owners.Of[source+".el.gz"]
			}
		}
		if owner != "" {
			owners.Of[path] = owner
		}
	}
}
