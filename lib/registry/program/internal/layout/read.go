// Package layout reads and writes an OCI layout (https://github.com/opencontainers/image-spec/blob/main/image-layout.md) that other steps
// share: no link in it is followed, and nothing in it is believed that its digest does not prove.
package layout

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

const (
	refName = "org.opencontainers.image.ref.name"
	limit   = 4 << 20
)

// Read is the image of a layout that a tag names, with Docker's media types: the CNB lifecycle makes no others when it rebases, and an image
// of both kinds is refused by most programs. Configuration and layers are the same bytes.
func Read(folder, tag string) (v1.Image, error) {
	if err := files.OnlyPlain(folder); err != nil {
		return nil, err
	}
	descriptor, err := find(folder, tag)
	if err != nil {
		return nil, err
	}
	text, err := blob(folder, descriptor.Digest)
	if err != nil {
		return nil, err
	}
	manifest, err := v1.ParseManifest(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s: the blob %s is no manifest of an image", folder, descriptor.Digest)
	}
	docker, err := asDocker(folder, manifest)
	if err != nil {
		return nil, err
	}
	config, err := blob(folder, manifest.Config.Digest)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(docker)
	if err != nil {
		return nil, err
	}
	return partial.CompressedToImage(&image{folder: folder, manifest: docker, raw: raw, config: config})
}

func find(folder, tag string) (v1.Descriptor, error) {
	path := filepath.Join(folder, "index.json")
	text, err := files.Read(path, limit)
	if err != nil {
		return v1.Descriptor{}, err
	}
	index, err := v1.ParseIndexManifest(bytes.NewReader(text))
	if err != nil {
		return v1.Descriptor{}, fmt.Errorf("%s is no index of a layout", path)
	}
	for _, each := range index.Manifests {
		if each.Annotations[refName] == tag {
			return each, nil
		}
	}
	return v1.Descriptor{}, fmt.Errorf("%s has no image of the tag '%s'", path, tag)
}

func pathOf(folder string, digest v1.Hash) string {
	return filepath.Join(folder, "blobs", digest.Algorithm, digest.Hex)
}

func blob(folder string, digest v1.Hash) ([]byte, error) {
	path := pathOf(folder, digest)
	text, err := files.Read(path, limit)
	if err != nil {
		return nil, err
	}
	got, _, err := v1.SHA256(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if got != digest {
		return nil, fmt.Errorf("%s has the digest %s; the layout was changed after it was made", path, got)
	}
	return text, nil
}

// As the library names what Docker calls a layer of files that are not compressed.
var dockerLayers = map[types.MediaType]types.MediaType{
	types.OCILayer:                types.DockerLayer,
	types.DockerLayer:             types.DockerLayer,
	types.OCIUncompressedLayer:    types.DockerUncompressedLayer,
	types.DockerUncompressedLayer: types.DockerUncompressedLayer,
}

func asDocker(folder string, manifest *v1.Manifest) (*v1.Manifest, error) {
	// Only what Docker's manifest has: no annotations.
	made := &v1.Manifest{
		SchemaVersion: 2,
		MediaType:     types.DockerManifestSchema2,
		Config:        v1.Descriptor{MediaType: types.DockerConfigJSON, Size: manifest.Config.Size, Digest: manifest.Config.Digest},
		Layers:        []v1.Descriptor{},
	}
	for _, each := range manifest.Layers {
		mediaType, known := dockerLayers[each.MediaType]
		if !known {
			return nil, fmt.Errorf("%s: the layer %s is %s, which an image of Docker's type cannot have; compress it with gzip", folder, each.Digest, each.MediaType)
		}
		made.Layers = append(made.Layers, v1.Descriptor{MediaType: mediaType, Size: each.Size, Digest: each.Digest})
	}
	return made, nil
}

// image is what the library needs to know of one whose layers are files.
type image struct {
	folder   string
	manifest *v1.Manifest
	raw      []byte
	config   []byte
}

func (i *image) RawConfigFile() ([]byte, error)      { return i.config, nil }
func (i *image) MediaType() (types.MediaType, error) { return i.manifest.MediaType, nil }
func (i *image) Manifest() (*v1.Manifest, error)     { return i.manifest, nil }
func (i *image) RawManifest() ([]byte, error)        { return i.raw, nil }
func (i *image) LayerByDigest(digest v1.Hash) (partial.CompressedLayer, error) {
	if digest == i.manifest.Config.Digest {
		return partial.ConfigLayer(i)
	}
	for _, each := range i.manifest.Layers {
		if each.Digest == digest {
			return &layer{folder: i.folder, descriptor: each}, nil
		}
	}
	return nil, fmt.Errorf("%s: no layer %s", i.folder, digest)
}

type layer struct {
	folder     string
	descriptor v1.Descriptor
}

func (l *layer) Digest() (v1.Hash, error)            { return l.descriptor.Digest, nil }
func (l *layer) Size() (int64, error)                { return l.descriptor.Size, nil }
func (l *layer) MediaType() (types.MediaType, error) { return l.descriptor.MediaType, nil }
func (l *layer) Compressed() (io.ReadCloser, error) {
	return files.Open(pathOf(l.folder, l.descriptor.Digest))
}

// Lacking are the layers of a layout's image of which it has no blob.
func Lacking(folder string, image v1.Image) ([]v1.Descriptor, error) {
	manifest, err := image.Manifest()
	if err != nil {
		return nil, err
	}
	lacking := []v1.Descriptor{}
	for _, each := range manifest.Layers {
		if _, err := os.Lstat(pathOf(folder, each.Digest)); errors.Is(err, os.ErrNotExist) {
			lacking = append(lacking, each)
		} else if err != nil {
			return nil, err
		}
	}
	return lacking, nil
}
