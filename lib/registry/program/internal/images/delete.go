package images

import (
	"context"
	"errors"
	"net/http"
	"sort"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// Tags are those of a repository, sorted; none when the registry has no such repository.
func (r *Registry) Tags(ctx context.Context, repository name.Repository) ([]string, error) {
	any := repository.Tag("any")
	options, err := r.options(ctx, any, scopeOf(repository, transport.PullScope))
	if err != nil {
		return nil, err
	}
	tags, err := remote.List(repository, options...)
	var answer *transport.Error
	if errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, explained(any, err)
	}
	sort.Strings(tags)
	return tags, nil
}

// Delete removes a manifest, and with it all tags that name it. One that is not there is no error: somebody was quicker, or this was
// interrupted before.
func (r *Registry) Delete(ctx context.Context, digest name.Digest) error {
	options, err := r.options(ctx, digest, scopeOf(digest.Context(), transport.DeleteScope))
	if err != nil {
		return err
	}
	err = persistently(ctx, func() error { return remote.Delete(digest, options...) })
	if err == nil || isAbsent(err) {
		return nil
	}
	return explained(digest, err)
}
