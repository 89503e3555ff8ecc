package access

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

// credentials are those of a docker config.json, by registry, or by registry and the first part of a repository's name.
type credentials map[string]authn.AuthConfig

func (s Settings) keychain() (authn.Keychain, error) {
	if s.AuthFile == "" {
		return credentials{}, nil
	}
	text, err := files.ReadMounted(s.AuthFile, limit)
	if err != nil {
		return nil, fmt.Errorf("REGISTRY_AUTH_FILE: %w", err)
	}
	var config struct {
		Auths map[string]authn.AuthConfig `json:"auths"`
	}
	// What a decoder says of the text may have part of it, so it is not repeated.
	if json.Unmarshal(text, &config) != nil {
		return nil, fmt.Errorf("REGISTRY_AUTH_FILE: %s is no config.json of docker ({\"auths\": {\"<registry>\": {\"auth\": ...}}}); see pushSecret in the environment's settings", s.AuthFile)
	}
	found := credentials{}
	for key, each := range config.Auths {
		found[normalized(key)] = each
	}
	return found, nil
}

// normalized is a key without what older programs write around a host: https://<host>/v1/.
func normalized(key string) string {
	key = strings.TrimPrefix(strings.TrimPrefix(key, "https://"), "http://")
	key = strings.TrimSuffix(key, "/")
	for _, version := range []string{"/v1", "/v2"} {
		key = strings.TrimSuffix(key, version)
	}
	return key
}

// Resolve finds the credentials of the longest key that the resource, `<registry>/<repository>`, starts with; without any, none are sent.
func (c credentials) Resolve(resource authn.Resource) (authn.Authenticator, error) {
	for key := resource.String(); key != ""; {
		if found, ok := c[key]; ok {
			return authn.FromConfig(found), nil
		}
		cut := strings.LastIndex(key, "/")
		if cut < 0 {
			break
		}
		key = key[:cut]
	}
	return authn.Anonymous, nil
}
