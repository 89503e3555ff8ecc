// Package dpkg says to which Debian package a path of a root filesystem belongs, from the database that dpkg keeps in it. It only reads:
// no program of the tree is run, and what the database says of paths that are not there is of no effect.
package dpkg

import (
	"fmt"
	"strings"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

const (
	folder = "var/lib/dpkg/"
	info   = folder + "info/"
	limit  = 64 << 20
)

// Database is what dpkg knows of a tree.
type Database struct {
	// Installed are the names of all packages that are, sorted.
	Installed []string
	packages  map[string][]installed
	diverted  map[string]diversion
}

// installed is one architecture of a package.
type installed struct {
	architecture string
	// conffiles are the MD5 of configuration files as the package has them, by path.
	conffiles map[string]string
}

// diversion is another name for a path of all packages but one.
type diversion struct{ to, by string }

// Open reads /var/lib/dpkg of a tree.
func Open(tree *rootfs.Tree) (*Database, error) {
	status, err := tree.Lines(folder+"status", limit)
	if err != nil {
		return nil, err
	}
	if status == nil {
		return nil, fmt.Errorf("/%sstatus is no file of the tree; expected is a root filesystem of Debian", folder)
	}
	found := &Database{packages: map[string][]installed{}, diverted: map[string]diversion{}}
	for _, each := range stanzas(status) {
		if !strings.HasSuffix(each["Status"], " installed") || each["Package"] == "" {
			continue
		}
		made := installed{architecture: each["Architecture"], conffiles: map[string]string{}}
		for _, line := range strings.Split(each["Conffiles"], "\n") {
			if words := strings.Fields(line); len(words) >= 2 {
				made.conffiles[relative(words[0])] = words[1]
			}
		}
		found.packages[each["Package"]] = append(found.packages[each["Package"]], made)
	}
	found.Installed = sortedKeys(found.packages)
	lines, err := tree.Lines(folder+"diversions", limit)
	if err != nil {
		return nil, err
	}
	// Three lines each: from, to, and the package that has the path nevertheless.
	for i := 0; i+2 < len(lines); i += 3 {
		found.diverted[relative(lines[i])] = diversion{to: relative(lines[i+1]), by: lines[i+2]}
	}
	return found, nil
}

// stanzas are the fields of each paragraph; further lines of a field are kept as lines.
func stanzas(lines []string) []map[string]string {
	found := []map[string]string{}
	current, field := map[string]string{}, ""
	for _, line := range append(lines, "") {
		switch {
		case line == "":
			if len(current) > 0 {
				found = append(found, current)
			}
			current, field = map[string]string{}, ""
		case line[0] == ' ' || line[0] == '\t':
			current[field] += "\n" + line
		default:
			name, value, _ := strings.Cut(line, ":")
			current[name], field = strings.TrimSpace(value), name
		}
	}
	return found
}

// of is where a package has a path, after diversions.
func (d *Database) of(name, path string) string {
	if other, is := d.diverted[path]; is && other.by != name {
		return other.to
	}
	return path
}

// paths are the lines of a package's list, as it has them: diverted, not resolved.
func (d *Database) paths(tree *rootfs.Tree, name string, of installed) ([]string, error) {
	lines, err := tree.Lines(listOf(tree, name, of)+".list", limit)
	if err != nil {
		return nil, err
	}
	found := []string{}
	for _, line := range lines {
		if path := relative(line); path != "" && path != "." {
			found = append(found, d.of(name, path))
		}
	}
	return found, nil
}

// checksums are the MD5 of a package's files by path, of configuration files too: diverted, not resolved.
func (d *Database) checksums(tree *rootfs.Tree, name string, of installed) (map[string]string, error) {
	lines, err := tree.Lines(listOf(tree, name, of)+".md5sums", limit)
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, line := range lines {
		if sum, path, is := strings.Cut(line, "  "); is {
			found[d.of(name, relative(path))] = sum
		}
	}
	for path, sum := range of.conffiles {
		found[d.of(name, path)] = sum
	}
	return found, nil
}

// A package that can be there in two architectures has both in the names of its notes.
func listOf(tree *rootfs.Tree, name string, of installed) string {
	if tree.Entries[info+name+".list"] != nil {
		return info + name
	}
	return info + name + ":" + of.architecture
}

func relative(path string) string { return strings.TrimLeft(path, "/") }
