package fleet

import (
	"context"
	"slices"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// Standing is an image of buildpacks by its layers: those of its run image, and those above.
type Standing struct {
	// Image is what was read, by digest.
	Image        name.Digest
	Below, Above []v1.Hash
}

// Stand reads where an image stands, or nil when the registry has no such thing.
func Stand(ctx context.Context, registry *images.Registry, reference name.Reference) (*Standing, error) {
	image, err := read(ctx, registry, reference)
	if err != nil || image == nil {
		return nil, err
	}
	all, over := image.parsed.Layers, above(image)
	pinned := reference.Context().Digest(image.digest.String())
	return &Standing{pinned, digests(all[:len(all)-len(over)]), digests(over)}, nil
}

// Beside tells whether two images stand on the same run image. One that does not say which of its layers are a run image's stands on none.
func (s *Standing) Beside(other *Standing) bool {
	return len(s.Below) > 0 && slices.Equal(s.Below, other.Below)
}

// On tells whether an image stands on another one as it is; on one that is not there, none does.
func (s *Standing) On(runImage *Standing) bool {
	return runImage != nil && len(s.Below) > 0 && slices.Equal(s.Below, slices.Concat(runImage.Below, runImage.Above))
}

// Alike tells whether two images have the same layers above their run images.
func (s *Standing) Alike(other *Standing) bool {
	return len(s.Below) > 0 && len(other.Below) > 0 && slices.Equal(s.Above, other.Above)
}

func digests(layers []v1.Descriptor) []v1.Hash {
	found := []v1.Hash{}
	for _, layer := range layers {
		found = append(found, layer.Digest)
	}
	return found
}
