package dpkg

import (
	"regexp"
	"slices"
	"strings"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// keepLinked leaves names of one file to their package only when it has all of them: a hard link leads to nothing but its own layer.
func (o *Owners) keepLinked(tree *rootfs.Tree) {
	names := map[string][]string{}
	for path, entry := range tree.Entries {
		if entry.Inode != "" {
			names[entry.Inode] = append(names[entry.Inode], path)
		}
	}
	for _, inode := range sortedKeys(names) {
		same := true
		for _, path := range names[inode] {
			same = same && o.Of[path] == o.Of[names[inode][0]]
		}
		if same {
			continue
		}
		for _, path := range names[inode] {
			if o.Of[path] != "" {
				o.change(path)
			}
		}
	}
	slices.SortFunc(o.Changed, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
}

// data are packages that hardly change with their source, beside one of the same source that does.
var data = map[string]string{"locales-all": "libc-bin", "locales": "libc-bin", "libc-l10n": "libc-bin"}

var note = regexp.MustCompile(`^(usr/share/doc/[^/]+/(changelog|NEWS)[^/]*|var/lib/dpkg/info/.*)$`)

// detach gives what changes with every update of such a source, changelogs and dpkg's notes, to the package that changes anyway.
func (d *Database) detach(owners *Owners) {
	for path, owner := range owners.Of {
		to, is := data[owner]
		if is && d.packages[to] != nil && note.MatchString(path) {
			owners.Of[path] = to
		}
	}
}
