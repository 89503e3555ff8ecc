package rootfs

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// Tree is a root filesystem whose contents are still in the tar.
type Tree struct {
	Entries map[string]*Entry
	file    *os.File
}

// XattrPrefix is before the names of extended attributes in a tar (star, and PAX as GNU tar writes it).
const XattrPrefix = "SCHILY.xattr."

var kinds = map[byte]Kind{
	tar.TypeDir:     Folder,
	tar.TypeReg:     File,
	tar.TypeSymlink: Link,
	tar.TypeChar:    Character,
	tar.TypeBlock:   Block,
	tar.TypeFifo:    Pipe,
}

// Read makes an index of a tar, and hashes all that is in it. The file has to stay open and as it is.
func Read(ctx context.Context, file *os.File) (*Tree, error) {
	tree := &Tree{Entries: map[string]*Entry{}, file: file}
	reader := tar.NewReader(file)
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s is no tar that can be read: %w", file.Name(), err)
		}
		if err := tree.add(header); err != nil {
			return nil, fmt.Errorf("%s: %w", file.Name(), err)
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	if err := tree.complete(); err != nil {
		return nil, fmt.Errorf("%s: %w", file.Name(), err)
	}
	return tree, tree.hash(ctx)
}

func (t *Tree) add(header *tar.Header) error {
	name, err := named(header.Name)
	if err != nil {
		return err
	}
	if name == "" {
		return rootOf(header)
	}
	if _, twice := t.Entries[name]; twice {
		return fmt.Errorf("/%s is in it twice; expected is a tar to which nothing was appended", name)
	}
	if header.Typeflag == tar.TypeLink {
		return t.addHardLink(name, header)
	}
	kind, known := kinds[header.Typeflag]
	if !known || isSparse(header) {
		return fmt.Errorf("/%s is of the type %q, or sparse, which is not read; make the tar with --format=posix and without --sparse", name, header.Typeflag)
	}
	// The reader has read the headers and nothing of the content.
	offset, err := t.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	made := &Entry{Path: name, Kind: kind, Mode: header.Mode & 0o7777, UID: header.Uid, GID: header.Gid, Xattrs: xattrs(header), offset: offset}
	switch kind {
	case File:
		made.Size = header.Size
	case Link:
		made.Mode, made.Target = 0o777, header.Linkname
	case Character, Block:
		made.Major, made.Minor = header.Devmajor, header.Devminor
	}
	t.Entries[name] = made
	return nil
}

// The root itself is not in layers: an unpacked image has it as here.
func rootOf(header *tar.Header) error {
	if header.Typeflag != tar.TypeDir || header.Mode&0o7777 != 0o755 || header.Uid != 0 || header.Gid != 0 {
		return fmt.Errorf("the root folder has the mode %04o and the owner %d:%d; expected are 0755 and 0:0", header.Mode&0o7777, header.Uid, header.Gid)
	}
	return nil
}

func (t *Tree) addHardLink(name string, header *tar.Header) error {
	target, err := named(header.Linkname)
	if err != nil {
		return err
	}
	first := t.Entries[target]
	if first == nil || first.Kind == Folder {
		return fmt.Errorf("/%s is another name of /%s, which is no file that is in it before", name, target)
	}
	made := *first
	made.Path = name
	if first.Kind == File {
		if first.Inode == "" {
			first.Inode = first.Path
		}
		made.Inode = first.Inode
	}
	t.Entries[name] = &made
	return nil
}

// complete says whether all folders in which something lies are in the tar.
func (t *Tree) complete() error {
	for _, name := range slices.Sorted(maps.Keys(t.Entries)) {
		for _, above := range Above(name) {
			if entry := t.Entries[above]; entry == nil || entry.Kind != Folder {
				return fmt.Errorf("/%s lies in /%s, which is no folder that is in it; expected is a tar of the whole tree", name, above)
			}
		}
	}
	return nil
}

func isSparse(header *tar.Header) bool {
	for key := range header.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return true
		}
	}
	return false
}

func xattrs(header *tar.Header) map[string]string {
	found := map[string]string{}
	for key, value := range header.PAXRecords {
		if attribute, is := strings.CutPrefix(key, XattrPrefix); is {
			found[attribute] = value
		}
	}
	return found
}
