package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
)

const addressed = `{"layers":[{"name":"tools","packages":["tool"],"address":"00000000000000aa"},{"name":"other","packages":["other"],"address":"00000000000000bb"}]}`

// lent is a folder with a tree and a plan, and a registry with an image of the tree whose layers are kept.
func lent(t *testing.T) (server *backend, at func(string) string, digest string) {
	t.Helper()
	folder := smallest(t)
	at = func(name string) string { return filepath.Join(folder, name) }
	if err := os.WriteFile(at("plan.json"), []byte(addressed), 0o644); err != nil {
		t.Fatal(err)
	}
	server = registry(t, nil)
	known := server.call("known", "--plan", at("plan.json"), "--result", at("nothing.json"), server.host()+"/platform/layers")
	known.mustSay(t, "{}")
	done := splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--known", at("nothing.json"), "--layout", at("layout"), "--tag", "base", "--result", at("report.json"))
	if done.code != 0 {
		t.Fatal(done)
	}
	pushed := server.call("push", "--layout", at("layout"), "--tag", "base", "--lender", server.host()+"/platform/layers", "--report", at("report.json"), server.host()+"/cloud/image:x")
	if pushed.code != 0 {
		t.Fatal(pushed.stderr)
	}
	return server, at, pushed.stdout
}

func TestALayerIsKeptByItsAddressAndLentToOthers(t *testing.T) {
	server, at, digest := lent(t)
	if wrote := strings.Join(server.wrote(), " "); wrote != "x c-00000000000000aa" {
		t.Error(wrote)
	}
	done := server.call("known", "--plan", at("plan.json"), "--result", at("known.json"), server.host()+"/platform/layers")
	known := layers.Known{}
	if err := json.Unmarshal([]byte(done.stdout), &known); err != nil || len(known) != 1 {
		t.Fatal(done, err)
	}
	again := splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--known", at("known.json"), "--layout", at("less"), "--tag", "base", "--result", at("less.json"))
	if again.code != 0 || strings.Count(again.stdout, `"known":true`) != 1 {
		t.Fatal(again)
	}
	server.asked = nil
	pushed := server.call("push", "--layout", at("less"), "--tag", "base", "--lender", server.host()+"/platform/layers", "--report", at("less.json"), server.host()+"/cloud/other:x")
	pushed.mustSay(t, digest)
	// What was packed before is not kept again.
	if wrote := strings.Join(server.wrote(), " "); wrote != "x" {
		t.Error(wrote)
	}
	server.call("pull", "--layout", at("pulled"), "--tag", "base", server.host()+"/cloud/other:x").mustSay(t, digest)
}

func TestALayerWithoutAllItsPackagesIsNobodyElses(t *testing.T) {
	folder := smallest(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	plan := strings.Replace(addressed, `["tool"]`, `["missing","tool"]`, 1)
	if err := os.WriteFile(at("plan.json"), []byte(plan), 0o644); err != nil {
		t.Fatal(err)
	}
	done := splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--layout", at("layout"), "--tag", "base")
	if done.code != 0 || strings.Contains(done.stdout, "address") {
		t.Error(done)
	}
}

func TestABareImageIsPushedWithTheLayersOfItsLender(t *testing.T) {
	server, at, digest := lent(t)
	server.call("pull", "--bare", "--layout", at("bare"), "--tag", "base", server.host()+"/cloud/image:x").mustSay(t, digest)
	blobs, err := os.ReadDir(at("bare/blobs/sha256"))
	if err != nil || len(blobs) != 2 {
		t.Fatal(blobs, err)
	}
	server.call("push", "--layout", at("bare"), "--tag", "base", "--lender", server.host()+"/cloud/image", server.host()+"/cloud/copy:x").mustSay(t, digest)
	server.call("pull", "--layout", at("pulled"), "--tag", "base", server.host()+"/cloud/copy:x").mustSay(t, digest)
	// The library's registry has blobs for all its repositories: another one has none of them.
	other := registry(t, nil)
	other.call("push", "--layout", at("bare"), "--tag", "base", other.host()+"/cloud/copy:x").mustRefuse(t, "is not there")
}

func TestTheConfigurationOfAReference(t *testing.T) {
	server, at, _ := lent(t)
	ours := server.call("config", "--layout", at("layout"), "--tag", "base")
	server.call("config", server.host()+"/cloud/image:x").mustSay(t, ours.stdout)
	if both := server.call("config", "--layout", at("layout"), "--tag", "base", server.host()+"/cloud/image:x"); both.code != 2 {
		t.Error(both)
	}
	server.call("config", server.host()+"/cloud/image:absent").mustRefuse(t, "is not in the registry")
}

func TestWhatIsKeptAndWhatIsReportedHasItsForm(t *testing.T) {
	server, at, _ := lent(t)
	// An image of other layers at the address of one.
	server.call("copy", server.host()+"/cloud/image:x", server.host()+"/platform/layers:c-00000000000000bb")
	done := server.call("known", "--plan", at("plan.json"), server.host()+"/platform/layers")
	if done.code != 0 || strings.Count(done.stdout, `"digest"`) != 1 || !strings.Contains(done.stderr, "c-00000000000000bb is not used: it has 2 layers") {
		t.Error(done)
	}
	if err := os.WriteFile(at("report.json"), []byte(`{"layers":[{"name":"x","key":"","packages":[]}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	push := []string{"push", "--layout", at("layout"), "--tag", "base", "--report", at("report.json")}
	server.call(append(push, "--lender", server.host()+"/platform/layers", server.host()+"/cloud/image:y")...).mustRefuse(t, "the layer 'x' of the report")
	if none := server.call(append(push, server.host()+"/cloud/image:y")...); none.code != 2 || !strings.Contains(none.stderr, "--lender is missing") {
		t.Error(none)
	}
}

// blobs answers to whoever asks whether a repository has a blob: the library's registry has those of one for all. It notes mounts, and makes them or not.
func blobs(repository string, mounts bool, noted *[]string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		path := "/v2/" + repository + "/blobs/"
		if !strings.HasPrefix(r.URL.Path, path) {
			return false
		}
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusNotFound)
			return true
		}
		mount := r.URL.Query().Get("mount")
		if r.Method != http.MethodPost || mount == "" {
			return false
		}
		*noted = append(*noted, r.URL.Query().Get("from"))
		if mounts {
			w.Header().Set("Location", path+mount)
			w.WriteHeader(http.StatusCreated)
		}
		return mounts
	}
}

func TestALentLayerIsMounted(t *testing.T) {
	for name, mounts := range map[string]bool{"by a registry that mounts": true, "else it is sent": false} {
		t.Run(name, func(t *testing.T) {
			server, at, digest := lent(t)
			if done := server.call("known", "--plan", at("plan.json"), "--result", at("known.json"), server.host()+"/platform/layers"); done.code != 0 {
				t.Fatal(done)
			}
			splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--known", at("known.json"), "--layout", at("less"), "--tag", "base", "--result", at("less.json"))
			from := []string{}
			server.before = blobs("cloud/other", mounts, &from)
			pushed := server.call("push", "--layout", at("less"), "--tag", "base", "--lender", server.host()+"/platform/layers", "--report", at("less.json"), server.host()+"/cloud/other:x")
			pushed.mustSay(t, digest)
			if strings.Join(from, " ") != "platform/layers" {
				t.Error(from)
			}
		})
	}
}

func TestALayerThatTheRegistryHasLostIsNotKnown(t *testing.T) {
	server, at, _ := lent(t)
	server.before = blobs("platform/layers", false, &[]string{})
	done := server.call("known", "--plan", at("plan.json"), server.host()+"/platform/layers")
	if done.code != 0 || done.stdout != "{}" || !strings.Contains(done.stderr, "the registry has lost its layer") {
		t.Error(done)
	}
}

func TestAnImageIsPushedWhoseLayersCannotBeKept(t *testing.T) {
	server, at, _ := lent(t)
	server.before = func(w http.ResponseWriter, r *http.Request) bool {
		refused := r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/v2/platform/full/manifests/")
		if refused {
			w.WriteHeader(http.StatusForbidden)
		}
		return refused
	}
	done := server.call("push", "--layout", at("layout"), "--tag", "base", "--lender", server.host()+"/platform/full", "--report", at("report.json"), server.host()+"/cloud/image:y")
	if done.code != 0 || !strings.HasPrefix(done.stdout, "sha256:") || !strings.Contains(done.stderr, "its layers are not kept for other images") {
		t.Error(done)
	}
}
