package images

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// Writer writes images of one repository whose layers the registry has, by the fewest requests: the library asks for each layer before it mounts
// it, and sends a configuration in three parts. It matters where thousands of images are written.
type Writer struct {
	registry *Registry
	to, from name.Repository
	way      http.RoundTripper
	options  []remote.Option
}

// Writer of a repository, which may mount layers of another one.
func (r *Registry) Writer(ctx context.Context, to, from name.Repository) (*Writer, error) {
	scopes := []string{scopeOf(to, transport.PushScope), scopeOf(from, transport.PullScope)}
	reference := to.Tag("latest")
	way, err := r.way(ctx, reference, scopes)
	if err != nil {
		return nil, err
	}
	options, err := r.options(ctx, reference, scopes...)
	if err != nil {
		return nil, err
	}
	return &Writer{registry: r, to: to, from: from, way: way, options: options}, nil
}

// Mount makes a layer of the other repository one of this as well. A registry that mounts nothing is sent the bytes.
func (w *Writer) Mount(ctx context.Context, layer v1.Hash) error {
	query := url.Values{"mount": {layer.String()}, "from": {w.from.RepositoryStr()}}
	answer, err := w.ask(ctx, http.MethodPost, w.uploads(query), nil, http.StatusCreated, http.StatusAccepted)
	if err != nil {
		return explained(w.to.Digest(layer.String()), err)
	}
	if answer.StatusCode == http.StatusCreated {
		return nil
	}
	content, err := remote.Layer(w.from.Digest(layer.String()), w.options...)
	if err != nil {
		return explained(w.from.Digest(layer.String()), err)
	}
	err = persistently(ctx, func() error { return remote.WriteLayer(w.to, content, w.options...) })
	if err != nil {
		return explained(w.to.Digest(layer.String()), err)
	}
	return nil
}

// Upload puts something small into the repository. A registry that was started again has forgotten the upload, which begins anew.
func (w *Writer) Upload(ctx context.Context, content []byte) error {
	err := persistently(ctx, func() error {
		begun, err := w.ask(ctx, http.MethodPost, w.uploads(nil), nil, http.StatusAccepted)
		if err != nil {
			return err
		}
		location, err := begun.Request.URL.Parse(begun.Header.Get("Location"))
		if err != nil {
			return err
		}
		query := location.Query()
		query.Set("digest", digestOf(content))
		location.RawQuery = query.Encode()
		_, err = w.ask(ctx, http.MethodPut, location, content, http.StatusCreated)
		return err
	})
	if err != nil {
		return explained(w.to.Digest(digestOf(content)), err)
	}
	return nil
}

// Put makes a tag name a manifest of which the registry has all parts, and reads it back.
func (w *Writer) Put(ctx context.Context, tag name.Tag, manifest []byte, mediaType types.MediaType) (string, error) {
	err := remote.Put(tag, raw{manifest, mediaType}, w.options...)
	if err != nil {
		return "", explained(tag, err)
	}
	digest := digestOf(manifest)
	return digest, w.registry.mustBe(ctx, tag, digest)
}

func (w *Writer) uploads(query url.Values) *url.URL {
	return &url.URL{
		Scheme:   w.to.Scheme(),
		Host:     w.to.RegistryStr(),
		Path:     "/v2/" + w.to.RepositoryStr() + "/blobs/uploads/",
		RawQuery: query.Encode(),
	}
}

// ask sends a request and has its answer, whose body is of no interest.
func (w *Writer) ask(ctx context.Context, method string, to *url.URL, body []byte, expected ...int) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, method, to.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/octet-stream")
	}
	response, err := (&http.Client{Transport: w.way}).Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if err := transport.CheckError(response, expected...); err != nil {
		return nil, err
	}
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	return response, nil
}

// raw is a manifest as it is to be written.
type raw struct {
	manifest  []byte
	mediaType types.MediaType
}

func (r raw) RawManifest() ([]byte, error)        { return r.manifest, nil }
func (r raw) MediaType() (types.MediaType, error) { return r.mediaType, nil }

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
