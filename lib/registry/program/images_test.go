package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/random"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

// made is an OCI layout, as umoci makes it, with an image of two layers under the tag `base`.
func made(t *testing.T) string {
	t.Helper()
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	for range 2 {
		layer, err := random.Layer(100, types.OCILayer)
		if err != nil {
			t.Fatal(err)
		}
		if image, err = mutate.AppendLayers(image, layer); err != nil {
			t.Fatal(err)
		}
	}
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(root, "layout")
	path, err := layout.Write(folder, empty.Index)
	if err != nil {
		t.Fatal(err)
	}
	if err := path.AppendImage(image, layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": "base"})); err != nil {
		t.Fatal(err)
	}
	return folder
}

func (b *backend) push(t *testing.T, reference string) string {
	t.Helper()
	got := b.call("push", "--layout", made(t), "--tag", "base", b.host()+"/"+reference)
	if got.code != 0 || !strings.HasPrefix(got.stdout, "sha256:") {
		t.Fatalf("%+v", got)
	}
	return got.stdout
}

func TestAnImageIsPushedOnceInDockersType(t *testing.T) {
	server := registry(t, nil)
	digest := server.push(t, "cloud/image:x")
	server.call("digest", server.host()+"/cloud/image:x").mustSay(t, digest)
	response, err := http.Get(server.URL + manifestPath + "x")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		MediaType string
		Config    struct{ MediaType string }
		Layers    []struct{ MediaType string }
	}
	if err := json.NewDecoder(response.Body).Decode(&manifest); err != nil {
		t.Fatal(err)
	}
	const docker = "application/vnd.docker."
	if manifest.MediaType != docker+"distribution.manifest.v2+json" || manifest.Config.MediaType != docker+"container.image.v1+json" ||
		len(manifest.Layers) != 2 || manifest.Layers[0].MediaType != docker+"image.rootfs.diff.tar.gzip" {
		t.Fatalf("%+v", manifest)
	}
	server.wrote()
	if again := server.push(t, "cloud/image:x"); again != digest || len(server.wrote()) != 0 {
		t.Fatal("a tag that is an address was written twice")
	}
}

func TestWhatIsPulledAndPushedIsTheSame(t *testing.T) {
	server := registry(t, nil)
	digest := server.push(t, "cloud/image:x")
	folder := filepath.Join(filepath.Dir(made(t)), "pulled")
	server.call("pull", "--layout", folder, "--tag", "base", server.host()+"/cloud/image:x").mustSay(t, digest)
	server.call("push", "--layout", folder, "--tag", "base", server.host()+"/cloud/other:x").mustSay(t, digest)
	server.call("pull", "--layout", folder, "--tag", "base", server.host()+"/cloud/image:x").mustRefuse(t, "is there already")
	server.call("pull", "--layout", folder+"2", "--tag", "base", server.host()+"/cloud/image:y").mustRefuse(t, "is not in the registry")
}

func TestLayersArePulledAsFiles(t *testing.T) {
	server := registry(t, nil)
	digest := server.push(t, "cloud/image:x")
	folder := filepath.Join(filepath.Dir(made(t)), "layers")
	server.call("pull", "--layers", folder, server.host()+"/cloud/image:x").mustSay(t, digest)
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 2 || entries[0].Name() != "1.tar.gz" || entries[1].Name() != "2.tar.gz" {
		t.Fatal(entries, err)
	}
	if got := server.call("pull", "--layers", folder, "--layout", folder, server.host()+"/cloud/image:x"); got.code != 2 {
		t.Fatalf("%+v", got)
	}
	if got := server.call("config", "--layout", made(t), "--tag", "base"); got.code != 0 || !strings.Contains(got.stdout, `"rootfs"`) {
		t.Fatalf("%+v", got)
	}
}

func TestACopyHasTheSameDigest(t *testing.T) {
	server := registry(t, nil)
	digest := server.push(t, "cloud/image:x")
	for _, to := range []string{"cloud/image:y", "cloud/other:y"} {
		server.call("copy", server.host()+"/cloud/image:x", server.host()+"/"+to).mustSay(t, digest)
		server.call("digest", server.host()+"/"+to).mustSay(t, digest)
	}
	server.call("copy", server.host()+"/cloud/image@"+digest, server.host()+"/cloud/image:z").mustSay(t, digest)
	server.call("copy", server.host()+"/cloud/image:none", server.host()+"/cloud/image:z").mustRefuse(t, "is not in the registry")
	server.call("copy", "other.test/cloud/image:x", server.host()+"/cloud/image:z").mustRefuse(t, "different registries")
}

// H1 of the review: what a build leaves is not followed, and nothing is opened, asked or sent.
func TestALayoutWithALinkIsNotPushed(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(secret, []byte(`{"auths": {}, "manifests": ["hunter2"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, plant := range map[string]func(folder string) error{
		"the index": func(folder string) error {
			return os.Remove(filepath.Join(folder, "index.json"))
		},
		"a blob":           func(string) error { return nil },
		"the blobs":        func(folder string) error { return os.RemoveAll(filepath.Join(folder, "blobs")) },
		"the oci-layout":   func(folder string) error { return os.Remove(filepath.Join(folder, "oci-layout")) },
		"something beside": func(string) error { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			server := registry(t, nil)
			folder := made(t)
			if err := plant(folder); err != nil {
				t.Fatal(err)
			}
			at := map[string]string{"the index": "index.json", "a blob": "blobs/sha256/0", "the blobs": "blobs", "the oci-layout": "oci-layout", "something beside": "found"}[name]
			if err := os.Symlink(secret, filepath.Join(folder, at)); err != nil {
				t.Fatal(err)
			}
			got := server.with(access.Settings{AuthFile: "/nowhere/config.json"}, "push", "--layout", folder, "--tag", "base", server.host()+"/cloud/image:x")
			got.mustRefuse(t, at+" is a link", "nothing was read or sent")
			if strings.Contains(got.stderr, "hunter2") || len(server.asked) != 0 {
				t.Fatalf("%+v, asked %v", got, server.asked)
			}
		})
	}
}

func TestALayoutThatWasChangedIsNotPushed(t *testing.T) {
	server := registry(t, nil)
	folder := made(t)
	entries, err := os.ReadDir(filepath.Join(folder, "blobs", "sha256"))
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range entries {
		if err := os.WriteFile(filepath.Join(folder, "blobs", "sha256", each.Name()), []byte("changed"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server.call("push", "--layout", folder, "--tag", "base", server.host()+"/cloud/image:x").mustRefuse(t, "was changed after it was made")
	server.call("push", "--layout", folder, "--tag", "other", server.host()+"/cloud/image:x").mustRefuse(t, "no image of the tag 'other'")
}

func TestUploadsThatBreakAreRepeated(t *testing.T) {
	failing := map[string]int{"POST": 1, "PATCH": 1, "PUT": 2}
	server := registry(t, func(w http.ResponseWriter, r *http.Request) bool {
		if failing[r.Method] == 0 {
			return false
		}
		failing[r.Method]--
		if r.Method == "PATCH" {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(503)
		return true
	})
	digest := server.push(t, "cloud/image:x")
	server.call("digest", server.host()+"/cloud/image:x").mustSay(t, digest)
}

func TestARegistryThatDoesNotKeepWhatItWasGivenIsFoundOut(t *testing.T) {
	lies := false
	server := registry(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != "PUT" || !strings.HasPrefix(r.URL.Path, manifestPath) || !lies {
			return false
		}
		w.WriteHeader(201)
		return true
	})
	server.push(t, "cloud/image:x")
	lies = true
	got := server.call("copy", server.host()+"/cloud/image:x", server.host()+"/cloud/image:y")
	got.mustPass(t, "the registry has no such thing now")
}

func TestAResultIsNotWrittenThroughALink(t *testing.T) {
	server := registry(t, nil)
	digest := server.push(t, "cloud/image:x")
	folder := filepath.Dir(made(t))
	result := filepath.Join(folder, "digest")
	server.call("digest", "--result", result, server.host()+"/cloud/image:x").mustSay(t, digest)
	content, err := os.ReadFile(result)
	if err != nil || string(content) != digest {
		t.Fatalf("%q %v", content, err)
	}
	link := filepath.Join(folder, "link")
	if err := os.Symlink(result, link); err != nil {
		t.Fatal(err)
	}
	server.call("digest", "--result", link, server.host()+"/cloud/image:y").mustRefuse(t, "is a link")
}
