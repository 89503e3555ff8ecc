package dpkg

import (
	"maps"
	"path"
	"slices"
	"strings"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// resolver finds where a path leads when the folders on the way are links, such as those of a merged /usr.
type resolver struct {
	tree  *rootfs.Tree
	known map[string]string
}

// As many links as Linux follows.
const deepest = 40

// resolve is a path with the links of its folders followed, within the tree; what it names itself may be a link.
func (r *resolver) resolve(name string) string {
	above, base := path.Split(name)
	return path.Join(r.folder(strings.TrimSuffix(above, "/"), 0), base)
}

func (r *resolver) folder(name string, depth int) string {
	if name == "" || name == "." {
		return ""
	}
	if found, known := r.known[name]; known {
		return found
	}
	above := path.Dir(name)
	if above == "." {
		above = ""
	}
	above = r.folder(above, depth)
	found := path.Join(above, path.Base(name))
	entry := r.tree.Entries[found]
	if entry != nil && entry.Kind == rootfs.Link && depth < deepest {
		target := entry.Target
		if !path.IsAbs(target) {
			target = path.Join("/", above, target)
		}
		found = r.folder(relative(path.Clean(target)), depth+1)
	}
	r.known[name] = found
	return found
}

func sortedKeys[V any](of map[string]V) []string { return slices.Sorted(maps.Keys(of)) }
