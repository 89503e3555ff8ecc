package images

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

// Push puts an image under a reference and reads it back. Layers may be those of other repositories.
func (r *Registry) Push(ctx context.Context, reference name.Reference, image v1.Image, lenders ...name.Repository) (string, error) {
	digest, err := image.Digest()
	if err != nil {
		return "", err
	}
	scopes := []string{scopeOf(reference.Context(), transport.PushScope)}
	for _, each := range lenders {
		scopes = append(scopes, scopeOf(each, transport.PullScope))
	}
	options, err := r.options(ctx, reference, scopes...)
	if err != nil {
		return "", err
	}
	err = persistently(ctx, func() error { return remote.Write(reference, image, options...) })
	if err != nil {
		return "", explained(reference, err)
	}
	return digest.String(), r.mustBe(ctx, reference, digest.String())
}

// Copy makes a reference name what another of the same registry names, digest and all, and reads it back.
func (r *Registry) Copy(ctx context.Context, from, to name.Reference) (string, error) {
	if from.Context().RegistryStr() != to.Context().RegistryStr() {
		return "", fmt.Errorf("%s and %s are of different registries; within one only is copied", from, to)
	}
	scopes := []string{scopeOf(to.Context(), transport.PushScope)}
	if from.Context().String() != to.Context().String() {
		scopes = append(scopes, scopeOf(from.Context(), transport.PullScope))
	}
	options, err := r.options(ctx, to, scopes...)
	if err != nil {
		return "", err
	}
	found, err := remote.Get(from, options...)
	if isAbsent(err) {
		return "", fmt.Errorf("%s is not in the registry", from)
	}
	if err != nil {
		return "", explained(from, err)
	}
	err = persistently(ctx, func() error { return put(from, to, found, options) })
	if err != nil {
		return "", explained(to, err)
	}
	return found.Digest.String(), r.mustBe(ctx, to, found.Digest.String())
}

func put(from, to name.Reference, found *remote.Descriptor, options []remote.Option) error {
	if from.Context().String() == to.Context().String() {
		return remote.Put(to, found, options...)
	}
	if found.MediaType.IsIndex() {
		index, err := found.ImageIndex()
		if err != nil {
			return err
		}
		return remote.WriteIndex(to, index, options...)
	}
	image, err := found.Image()
	if err != nil {
		return err
	}
	return remote.Write(to, image, options...)
}

// mustBe compares what the registry has with what it was given: one that dies while it writes can keep an empty manifest of that name
// (distribution#4489).
func (r *Registry) mustBe(ctx context.Context, reference name.Reference, digest string) error {
	now, err := r.Digest(ctx, reference)
	if err != nil {
		return fmt.Errorf("%s was written, but cannot be read back: %w", reference, err)
	}
	if now == "" {
		return access.MayPass(fmt.Errorf("%s was written as %s, but the registry has no such thing now", reference, digest))
	}
	if now != digest {
		return fmt.Errorf("%s was written as %s, but is %s now: somebody else wrote it too, or the registry did not keep it", reference, digest, now)
	}
	return nil
}

// persistently repeats a whole write when an upload in it broke: half of a layer cannot be sent.
func persistently(ctx context.Context, write func() error) error {
	for try := 0; ; try++ {
		err := write()
		if err == nil || try == len(access.Delays) || !isPassing(err) {
			return err
		}
		if waited := access.Wait(ctx, access.Jittered(access.Delays[try])); waited != nil {
			return waited
		}
	}
}

// Only of what the transport could not repeat itself: everything else it has tried often enough.
func isPassing(err error) bool {
	var answer *transport.Error
	if errors.As(err, &answer) {
		return answer.Request != nil && answer.Request.Method == "PATCH" && access.PassingStatus(answer.StatusCode) ||
			uploadLost(answer)
	}
	return access.PassingError(err)
}

// uploadLost tells that the registry does not know an upload that was begun: one that was started again has forgotten it.
func uploadLost(answer *transport.Error) bool {
	for _, each := range answer.Errors {
		if each.Code == transport.BlobUploadUnknownErrorCode || each.Code == transport.BlobUploadInvalidErrorCode {
			return true
		}
	}
	return false
}
