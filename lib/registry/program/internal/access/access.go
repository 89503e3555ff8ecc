// Package access is how a registry is reached: which certificates, which credentials, and what is tried again.
package access

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

// Settings are all that decides how a registry is reached. Nothing else is looked at: no HOME, no configuration of docker or containers.
type Settings struct {
	// AuthFile is a config.json of docker; empty for none.
	AuthFile string
	// AuthorityFile has certificates in PEM that are trusted beside the system's; empty for none.
	AuthorityFile string
	// PlainHTTP is the one registry, as `host:port`, that is spoken to without TLS; empty for none.
	PlainHTTP string
}

// FromEnvironment reads the variables REGISTRY_AUTH_FILE, REGISTRY_CA_FILE and REGISTRY_PLAIN_HTTP; it opens no file.
func FromEnvironment() Settings {
	return Settings{
		AuthFile:      os.Getenv("REGISTRY_AUTH_FILE"),
		AuthorityFile: os.Getenv("REGISTRY_CA_FILE"),
		PlainHTTP:     os.Getenv("REGISTRY_PLAIN_HTTP"),
	}
}

const limit = 1 << 20

// Access is a way to one or more registries. Open makes it.
type Access struct {
	Transport http.RoundTripper
	Keychain  authn.Keychain
	plainHTTP string
}

// Open reads certificates and credentials. Whoever calls it has looked at all of its input before.
func (s Settings) Open() (*Access, error) {
	roots, err := s.roots()
	if err != nil {
		return nil, err
	}
	keychain, err := s.keychain()
	if err != nil {
		return nil, err
	}
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.Proxy = nil
	// One for each of those that ask at once. Go keeps two for a host, and a fleet's other workers would connect anew for every request.
	base.MaxIdleConnsPerHost = base.MaxIdleConns
	base.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	base.ResponseHeaderTimeout = 2 * time.Minute
	return &Access{
		Transport: &Persistent{Base: &schemes{base: base, plainHTTP: s.PlainHTTP}, Delays: Delays},
		Keychain:  keychain,
		plainHTTP: s.PlainHTTP,
	}, nil
}

// NameOptions are those with which references are parsed.
func (s Settings) NameOptions(host string) []name.Option {
	options := []name.Option{name.StrictValidation}
	if s.PlainHTTP != "" && s.PlainHTTP == host {
		options = append(options, name.Insecure)
	}
	return options
}

func (s Settings) roots() (*x509.CertPool, error) {
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if s.AuthorityFile == "" {
		return roots, nil
	}
	text, err := files.ReadMounted(s.AuthorityFile, limit)
	if err != nil {
		return nil, fmt.Errorf("REGISTRY_CA_FILE: %w", err)
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("REGISTRY_CA_FILE: %s has no certificate in PEM; see registry.certificateAuthority in the environment's settings", s.AuthorityFile)
	}
	return roots, nil
}

// schemes speaks HTTP with the one registry that may, and HTTPS with all others, whatever a library thinks of a host's name.
type schemes struct {
	base      http.RoundTripper
	plainHTTP string
}

// ErrPlainOnly is the answer to the library's first question, which it asks by TLS whatever it was told.
var ErrPlainOnly = errors.New("this registry is spoken to without TLS")

func (s *schemes) RoundTrip(request *http.Request) (*http.Response, error) {
	plain := s.plainHTTP != "" && request.URL.Host == s.plainHTTP
	if plain && request.URL.Scheme == "https" {
		return nil, &final{ErrPlainOnly}
	}
	if !plain && request.URL.Scheme != "https" {
		return nil, &final{fmt.Errorf("%s would be spoken to without TLS, which is allowed for no registry but that of registry.plainHttp", request.URL.Host)}
	}
	return s.base.RoundTrip(request)
}

// final is an error that no other try would change.
type final struct{ error }

func (f *final) Unwrap() error { return f.error }
