package layout

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

// Making is a layout that gets its blobs one by one, and is one when it is finished.
type Making struct{ folder string }

// Begin makes a folder that is not there yet.
func Begin(folder string) (*Making, error) {
	// The folder above is shared; what is made in a new one is nobody else's.
	for _, each := range []string{"", "blobs", "blobs/sha256"} {
		if err := files.MakeFolder(filepath.Join(folder, each)); err != nil {
			return nil, err
		}
	}
	return &Making{folder: folder}, nil
}

// Add keeps what `write` writes under the digest that it says. The name is for as long as it writes. Several may be added at once.
func (m *Making) Add(name string, write func(io.Writer) (v1.Hash, error)) error {
	path := filepath.Join(m.folder, name+".part")
	file, err := files.Create(path)
	if err != nil {
		return err
	}
	digest, err := write(file)
	if err != nil {
		file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.Rename(path, pathOf(m.folder, digest))
}

// Finish gives a tag to an image of layers, in OCI's media types. A layer whose blob was not added is one that a registry has.
func (m *Making) Finish(tag string, config []byte, layers []v1.Descriptor) error {
	digest, size, err := v1.SHA256(bytes.NewReader(config))
	if err != nil {
		return err
	}
	if err := writeBlob(m.folder, digest, config); err != nil {
		return err
	}
	return m.finish(tag, v1.Descriptor{MediaType: types.OCIConfigJSON, Size: size, Digest: digest}, layers)
}

func (m *Making) finish(tag string, config v1.Descriptor, layers []v1.Descriptor) error {
	manifest, err := json.Marshal(&v1.Manifest{SchemaVersion: 2, MediaType: types.OCIManifestSchema1, Config: config, Layers: layers})
	if err != nil {
		return err
	}
	digest, size, err := v1.SHA256(bytes.NewReader(manifest))
	if err != nil {
		return err
	}
	if err := writeBlob(m.folder, digest, manifest); err != nil {
		return err
	}
	index, err := json.Marshal(&v1.IndexManifest{
		SchemaVersion: 2,
		Manifests: []v1.Descriptor{{
			MediaType:   types.OCIManifestSchema1,
			Size:        size,
			Digest:      digest,
			Annotations: map[string]string{refName: tag},
		}},
	})
	if err != nil {
		return err
	}
	if err := files.Write(filepath.Join(m.folder, "index.json"), index); err != nil {
		return err
	}
	return files.Write(filepath.Join(m.folder, "oci-layout"), []byte(`{"imageLayoutVersion":"1.0.0"}`))
}
