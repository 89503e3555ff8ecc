// Package rootfs is a root filesystem in one file of tar, which is read where it lies: what stands in it was written by others, and
// nothing of it is unpacked or run.
package rootfs

import (
	"fmt"
	"path"
	"strings"
)

// Kind says what an entry is.
type Kind string

// A hard link is a File with the Inode of another.
const (
	Folder    Kind = "folder"
	File      Kind = "file"
	Link      Kind = "link"
	Character Kind = "character device"
	Block     Kind = "block device"
	Pipe      Kind = "pipe"
)

// Entry is one path of the tree, with all that a tar can say of it but times and names of owners.
type Entry struct {
	// Path is relative to the root, without a leading slash.
	Path string
	Kind Kind
	// Mode is the permissions, with set-user-ID, set-group-ID and sticky.
	Mode int64
	UID  int
	GID  int
	// Size, SHA256 and MD5 are of the content of a File.
	Size   int64
	SHA256 string
	MD5    string
	// Target is where a Link leads.
	Target string
	// Xattrs are extended attributes by name.
	Xattrs map[string]string
	Major  int64
	Minor  int64
	// Inode is the same for all names of one file that has more than one, and empty for any other.
	Inode string

	offset int64
}

// Above are the folders in which a path lies, the nearest first.
func Above(name string) []string {
	found := []string{}
	for at := strings.LastIndexByte(name, '/'); at > 0; at = strings.LastIndexByte(name[:at], '/') {
		found = append(found, name[:at])
	}
	return found
}

// named is an entry's name in a tar as a path of the tree; the root is empty.
func named(name string) (string, error) {
	trimmed := strings.TrimSuffix(strings.TrimLeft(strings.TrimPrefix(name, "./"), "/"), "/")
	if trimmed == "" || trimmed == "." {
		return "", nil
	}
	if path.Clean(trimmed) != trimmed || trimmed == ".." || strings.HasPrefix(trimmed, "../") {
		return "", fmt.Errorf("the name %q is no path of the tree; expected are names without '.', '..' and doubled '/'", name)
	}
	// It would remove a file when the layer is unpacked (OCI image layer, "Whiteouts").
	if strings.HasPrefix(path.Base(trimmed), ".wh.") {
		return "", fmt.Errorf("the name %q begins with .wh., which in a layer means that a file is gone; give it another name", name)
	}
	return trimmed, nil
}
