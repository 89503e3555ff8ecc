package images

import (
	"context"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/partial"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Lent is a layer that a repository has: an image of another repository gets it by a mount, or, from a registry that knows none, by its bytes.
// What is known of it is not asked again. Whoever does not know its DiffID must not ask for it.
func (r *Registry) Lent(ctx context.Context, repository name.Repository, blob v1.Descriptor, diffID v1.Hash) (v1.Layer, error) {
	reference := repository.Digest(blob.Digest.String())
	options, err := r.options(ctx, reference, scopeOf(repository, transport.PullScope))
	if err != nil {
		return nil, err
	}
	layer, err := remote.Layer(reference, options...)
	if err != nil {
		return nil, explained(reference, err)
	}
	return &remote.MountableLayer{Layer: lent{layer, blob.Size, diffID}, Reference: reference}, nil
}

// Has tells whether a repository has a blob.
func (r *Registry) Has(ctx context.Context, repository name.Repository, digest v1.Hash) (bool, error) {
	reference := repository.Digest(digest.String())
	options, err := r.options(ctx, reference, scopeOf(repository, transport.PullScope))
	if err != nil {
		return false, err
	}
	layer, err := remote.Layer(reference, options...)
	if err != nil {
		return false, explained(reference, err)
	}
	isThere, err := partial.Exists(layer)
	if err != nil {
		return false, explained(reference, err)
	}
	return isThere, nil
}

type lent struct {
	v1.Layer
	size   int64
	diffID v1.Hash
}

func (l lent) Size() (int64, error)                { return l.size, nil }
func (l lent) DiffID() (v1.Hash, error)            { return l.diffID, nil }
func (l lent) MediaType() (types.MediaType, error) { return types.DockerLayer, nil }
