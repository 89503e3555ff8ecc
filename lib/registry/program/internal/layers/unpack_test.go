package layers

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layout"
)

// described is all of an entry that a layer has to keep.
func described(header *tar.Header, content string) string {
	attributes := []string{}
	for key, value := range header.PAXRecords {
		if strings.HasPrefix(key, "SCHILY.xattr.") {
			attributes = append(attributes, fmt.Sprintf("%s=%q", key, value))
		}
	}
	slices.Sort(attributes)
	return fmt.Sprintf("%c %04o %d:%d %q %q %d:%d %v", header.Typeflag, header.Mode, header.Uid, header.Gid, content, header.Linkname,
		header.Devmajor, header.Devminor, attributes)
}

// described is what an unpacked image has to be. Names of one file are of its first one.
func (f filesystem) described() map[string]string {
	found := map[string]string{}
	for path, each := range f {
		header := each.Header
		found[path] = described(&header, each.content)
	}
	return found
}

// layer is what one layer has in it, by path.
func (i image) layer(t *testing.T, layer v1.Layer) map[string]string {
	t.Helper()
	reader, err := layer.Uncompressed()
	must(t, err)
	defer reader.Close()
	archive, found := tar.NewReader(reader), map[string]string{}
	for {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return found
		}
		must(t, err)
		content, err := io.ReadAll(archive)
		must(t, err)
		path := strings.TrimSuffix(header.Name, "/")
		for _, above := range slices.Backward(above(path)) {
			if found[above] == "" {
				t.Errorf("%s comes before its folder %s", path, above)
			}
		}
		if header.Typeflag == tar.TypeLink && found[header.Linkname] == "" {
			t.Errorf("%s is another name of %s, which is not in its layer", path, header.Linkname)
		}
		if header.ModTime.Unix() != 315532801 || header.Uname+header.Gname != "" {
			t.Errorf("%s: %v %s %s", path, header.ModTime, header.Uname, header.Gname)
		}
		found[path] = described(header, string(content))
	}
}

func above(path string) []string {
	parts, found := strings.Split(path, "/"), []string{}
	for i := len(parts) - 1; i > 0; i-- {
		found = append(found, strings.Join(parts[:i], "/"))
	}
	return found
}

// layers are the contents of all layers by name.
func (i image) layers(t *testing.T) map[string]map[string]string {
	t.Helper()
	read, err := layout.Read(i.folder, "base")
	must(t, err)
	layers, err := read.Layers()
	must(t, err)
	found := map[string]map[string]string{}
	for at, each := range layers {
		found[i.Layers[at].Name] = i.layer(t, each)
	}
	return found
}

// unpacked is what a runtime makes of the layers, from the lowest one.
func (i image) unpacked(t *testing.T) map[string]string {
	t.Helper()
	found, all := map[string]string{}, i.layers(t)
	for _, each := range i.Layers {
		maps.Copy(found, all[each.Name])
	}
	return found
}

// layerOf is the one layer that has a path.
func (i image) layerOf(t *testing.T, path string) string {
	t.Helper()
	found := []string{}
	for name, entries := range i.layers(t) {
		if entries[path] != "" {
			found = append(found, name)
		}
	}
	return strings.Join(found, " ")
}

func same(t *testing.T, got, expected map[string]string) {
	t.Helper()
	for _, path := range slices.Sorted(maps.Keys(expected)) {
		if got[path] != expected[path] {
			t.Errorf("%q is %s, expected %s", path, got[path], expected[path])
		}
	}
	for path := range got {
		if expected[path] == "" {
			t.Errorf("%q is in no tree", path)
		}
	}
}
