// Package images asks and writes a registry by its protocol. What is absent is known by the status 404, and by nothing else.
package images

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

// Registry is what a command speaks to.
type Registry struct {
	access *access.Access
	mutex  sync.Mutex
	// How each registry wants to be asked, and with whom hands were shaken already.
	schemes map[string]string
	ways    map[peer]http.RoundTripper
}

// peer is a registry that knows us by these credentials. What may be done there is part of it only where a token is given for that alone.
type peer struct {
	registry    string
	credentials authn.AuthConfig
	scopes      string
}

// With speaks to registries by this way.
func With(way *access.Access) *Registry {
	return &Registry{access: way, schemes: map[string]string{}, ways: map[peer]http.RoundTripper{}}
}

// Parse reads a reference that names its registry, and a tag or a digest.
func Parse(settings access.Settings, text string) (name.Reference, error) {
	reference, err := name.ParseReference(text, settings.NameOptions(hostOf(text))...)
	if err != nil {
		return nil, fmt.Errorf("'%s' is no reference: expected <registry>/<repository>:<tag> or <registry>/<repository>@sha256:<64 hex characters>", text)
	}
	return reference, nil
}

// ParseRepository reads `<registry>/<repository>`.
func ParseRepository(settings access.Settings, text string) (name.Repository, error) {
	repository, err := name.NewRepository(text, settings.NameOptions(hostOf(text))...)
	if err != nil || strings.ContainsAny(strings.TrimPrefix(text, hostOf(text)), ":@") {
		return name.Repository{}, fmt.Errorf("'%s' is no repository: expected <registry>/<repository>, without tag and digest", text)
	}
	return repository, nil
}

// TagIn is a tag of a repository.
func TagIn(repository name.Repository, tag string) (name.Tag, error) {
	made, err := name.NewTag(repository.Name()+":"+tag, name.StrictValidation)
	if err != nil || strings.ContainsAny(tag, "/:@") {
		return name.Tag{}, fmt.Errorf("'%s' is no tag: expected letters, digits, '_', '.' and '-', at most 128", tag)
	}
	made.Repository = repository
	return made, nil
}

// ParseDigest reads `sha256:<64 hex characters>`.
func ParseDigest(text string) (v1.Hash, error) {
	hash, err := v1.NewHash(text)
	if err != nil || hash.Algorithm != "sha256" {
		return v1.Hash{}, fmt.Errorf("'%s' is no digest: expected sha256:<64 hex characters>", text)
	}
	return hash, nil
}

func hostOf(text string) string {
	host, _, _ := strings.Cut(text, "/")
	return host
}

// Get is the manifest that a reference names now, or nil when the registry has no such thing. Its digest is that of the bytes that came,
// not what a header says.
func (r *Registry) Get(ctx context.Context, reference name.Reference) (*remote.Descriptor, error) {
	options, err := r.options(ctx, reference, scopeOf(reference.Context(), transport.PullScope))
	if err != nil {
		return nil, err
	}
	found, err := remote.Get(reference, options...)
	if isAbsent(err) {
		return nil, nil
	}
	if err != nil {
		return nil, explained(reference, err)
	}
	return found, nil
}

// Digest is the digest that a reference has now, or empty when the registry has no such thing.
func (r *Registry) Digest(ctx context.Context, reference name.Reference) (string, error) {
	found, err := r.Get(ctx, reference)
	if err != nil || found == nil {
		return "", err
	}
	return found.Digest.String(), nil
}

// Pull is the image that a reference names, of linux/amd64 where there are more.
func (r *Registry) Pull(ctx context.Context, reference name.Reference) (v1.Image, error) {
	found, err := r.Find(ctx, reference)
	if err == nil && found == nil {
		return nil, fmt.Errorf("%s is not in the registry", reference)
	}
	return found, err
}

// Find is the same, or nil when the registry has no such thing.
func (r *Registry) Find(ctx context.Context, reference name.Reference) (v1.Image, error) {
	found, err := r.Get(ctx, reference)
	if err != nil || found == nil {
		return nil, err
	}
	image, err := found.Image()
	if err != nil {
		return nil, explained(reference, err)
	}
	return image, nil
}

func scopeOf(repository name.Repository, actions string) string {
	return repository.Scope(actions)
}

// options shake hands with the registry of a reference. From there on no other program's idea of retries is in the way.
func (r *Registry) options(ctx context.Context, reference name.Reference, scopes ...string) ([]remote.Option, error) {
	way, err := r.way(ctx, reference, scopes)
	if err != nil {
		return nil, err
	}
	never := func(error) bool { return false }
	return []remote.Option{remote.WithContext(ctx), remote.WithTransport(way), remote.WithRetryPredicate(never), remote.WithJobs(2)}, nil
}

// way is the registry's answer to a handshake for these scopes, which is asked for once. One that gives no tokens is asked once for all scopes.
func (r *Registry) way(ctx context.Context, reference name.Reference, scopes []string) (http.RoundTripper, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	repository := reference.Context()
	credentials, err := r.access.Keychain.Resolve(repository)
	if err != nil {
		return nil, err
	}
	config, err := authn.Authorization(ctx, credentials)
	if err != nil {
		return nil, err
	}
	scheme, err := r.scheme(ctx, repository.Registry)
	if err != nil {
		return nil, explained(reference, err)
	}
	key := peer{registry: repository.RegistryStr(), credentials: *config}
	if strings.EqualFold(scheme, "bearer") {
		key.scopes = strings.Join(scopes, " ")
	}
	if known, is := r.ways[key]; is {
		return known, nil
	}
	made, err := transport.NewWithContext(ctx, repository.Registry, credentials, r.access.Transport, scopes)
	if err != nil {
		return nil, explained(reference, err)
	}
	r.ways[key] = made
	return made, nil
}

// scheme is how a registry wants to be asked: `bearer`, `basic`, or not at all.
func (r *Registry) scheme(ctx context.Context, registry name.Registry) (string, error) {
	if known, is := r.schemes[registry.RegistryStr()]; is {
		return known, nil
	}
	challenge, err := transport.Ping(ctx, registry, r.access.Transport)
	if err != nil {
		return "", err
	}
	r.schemes[registry.RegistryStr()] = challenge.Scheme
	return challenge.Scheme, nil
}

// isAbsent tells a manifest that is not there. Any other 404 is that of a host which is no registry.
func isAbsent(err error) bool {
	var answer *transport.Error
	return errors.As(err, &answer) && answer.StatusCode == http.StatusNotFound &&
		answer.Request != nil && strings.Contains(answer.Request.URL.Path, "/manifests/")
}
