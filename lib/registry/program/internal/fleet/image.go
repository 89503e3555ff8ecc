package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/buildpacks/imgutil"
	"github.com/buildpacks/imgutil/remote"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// stored is an image as a registry has it: manifest and configuration, and of its layers what these say.
type stored struct {
	digest   v1.Hash
	manifest []byte
	parsed   *v1.Manifest
	config   []byte
	// The configuration, read.
	configured *v1.ConfigFile
}

// read has an image of a registry, or nil when it has no such thing. No layer is read.
func read(ctx context.Context, registry *images.Registry, reference name.Reference) (*stored, error) {
	found, err := registry.Get(ctx, reference)
	if err != nil || found == nil {
		return nil, err
	}
	if !found.MediaType.IsImage() {
		return nil, refuse("%s is no image, but of the type %s", reference, found.MediaType)
	}
	image, err := found.Image()
	if err != nil {
		return nil, err
	}
	manifest, err := image.Manifest()
	if err != nil {
		return nil, err
	}
	config, err := image.RawConfigFile()
	if err != nil {
		return nil, err
	}
	parsed, err := image.ConfigFile()
	if err != nil {
		return nil, err
	}
	if len(parsed.RootFS.DiffIDs) != len(manifest.Layers) {
		return nil, refuse("%s has %d layers in its manifest and %d in its configuration", reference, len(manifest.Layers), len(parsed.RootFS.DiffIDs))
	}
	return &stored{found.Digest, found.Manifest, manifest, config, parsed}, nil
}

func (s *stored) RawManifest() ([]byte, error)        { return s.manifest, nil }
func (s *stored) RawConfigFile() ([]byte, error)      { return s.config, nil }
func (s *stored) MediaType() (types.MediaType, error) { return s.parsed.MediaType, nil }

// LayerByDigest is partial.CompressedImageCore's.
func (s *stored) LayerByDigest(digest v1.Hash) (partial.CompressedLayer, error) {
	for i, layer := range s.parsed.Layers {
		if layer.Digest == digest {
			return &described{layer, s.configured.RootFS.DiffIDs[i]}, nil
		}
	}
	return nil, fmt.Errorf("there is no layer %s", digest)
}

// readOnce is a stored image that is not read anew for each question: the lifecycle has some thirty of them.
type readOnce struct {
	v1.Image
	stored *stored
}

// Copies: imgutil changes what it is given.

func (r *readOnce) ConfigFile() (*v1.ConfigFile, error) { return r.stored.configured.DeepCopy(), nil }
func (r *readOnce) Manifest() (*v1.Manifest, error)     { return r.stored.parsed.DeepCopy(), nil }

func (r *readOnce) Layers() ([]v1.Layer, error) {
	layers := make([]v1.Layer, len(r.stored.parsed.Layers))
	for i, descriptor := range r.stored.parsed.Layers {
		layer, err := partial.CompressedToLayer(&described{descriptor, r.stored.configured.RootFS.DiffIDs[i]})
		if err != nil {
			return nil, err
		}
		layers[i] = layer
	}
	return layers, nil
}

// described is a layer of which nothing but its description is known.
type described struct {
	descriptor v1.Descriptor
	diffID     v1.Hash
}

func (d *described) DiffID() (v1.Hash, error)            { return d.diffID, nil }
func (d *described) Digest() (v1.Hash, error)            { return d.descriptor.Digest, nil }
func (d *described) Size() (int64, error)                { return d.descriptor.Size, nil }
func (d *described) MediaType() (types.MediaType, error) { return d.descriptor.MediaType, nil }
func (d *described) Descriptor() (*v1.Descriptor, error) { return &d.descriptor, nil }
func (d *described) Compressed() (io.ReadCloser, error)  { return nil, errNotRead }

var errNotRead = errors.New("a rebase reads no layer")

// working is an image as the lifecycle works on it. What is saved is kept; writing it is somebody else's.
type working struct {
	*imgutil.CNBImageCore
	name  string
	saved *v1.Manifest
	// As they are to be written.
	manifest, config []byte
}

func workOn(image *stored, name string) (*working, error) {
	partially, err := partial.CompressedToImage(image)
	if err != nil {
		return nil, err
	}
	core, err := imgutil.NewCNBImage(imgutil.ImageOptions{BaseImage: &readOnce{partially, image}})
	if err != nil {
		return nil, err
	}
	return &working{CNBImageCore: core, name: name}, nil
}

// What imgutil.Image asks for beside its core.

func (w *working) Kind() string              { return "registry" }
func (w *working) Name() string              { return w.name }
func (w *working) Rename(name string)        { w.name = name }
func (w *working) Found() bool               { return true }
func (w *working) Valid() bool               { return true }
func (w *working) Delete() error             { return errors.ErrUnsupported }
func (w *working) SaveFile() (string, error) { return "", errors.ErrUnsupported }

func (w *working) Save(more ...string) error { return w.SaveAs(w.name, more...) }

func (w *working) SaveAs(string, ...string) error {
	if err := w.SetCreatedAtAndHistory(); err != nil {
		return err
	}
	var err error
	if w.manifest, err = w.RawManifest(); err != nil {
		return err
	}
	if w.config, err = w.RawConfigFile(); err != nil {
		return err
	}
	w.saved, err = w.Manifest()
	return err
}

func (w *working) Identifier() (imgutil.Identifier, error) {
	digest, err := w.Digest()
	if err != nil {
		return nil, err
	}
	reference, err := name.ParseReference(w.name, name.WeakValidation)
	if err != nil {
		return nil, err
	}
	pinned, err := name.NewDigest(reference.Context().Name()+"@"+digest.String(), name.WeakValidation)
	return remote.DigestIdentifier{Digest: pinned}, err
}
