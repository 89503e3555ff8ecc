package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/inventory"
)

func (b *backend) inventory(t *testing.T, repository string) map[string]string {
	t.Helper()
	done := b.call("inventory", b.host()+"/"+repository)
	var line struct {
		Repository string
		Images     []inventory.Image
	}
	if err := json.Unmarshal([]byte(done.stdout), &line); err != nil || done.code != 0 || line.Repository != b.host()+"/"+repository {
		t.Fatal(done, err)
	}
	digests := map[string]string{}
	for _, each := range line.Images {
		if len(each.Blobs) != 3 {
			t.Errorf("%v", each.Blobs)
		}
		digests[strings.Join(each.Tags, " ")] = each.Digest
	}
	return digests
}

// prune removes manifests of the image's repository, each a digest and then its tags.
func (h *house) prune(t *testing.T, removals ...[]string) outcome {
	t.Helper()
	images := []any{}
	for _, each := range removals {
		images = append(images, map[string]any{"digest": each[0], "tags": each[1:]})
	}
	file := filepath.Join(t.TempDir(), "wanted.json")
	text, err := json.Marshal([]any{map[string]any{"repository": h.image(), "images": images}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return h.call("remove", "--lease-namespace", "builds", "--api", h.cluster.folder, "--server", h.cluster.URL, file)
}

func TestWhatARepositoryHasIsSaidByDigest(t *testing.T) {
	server := registry(t, nil)
	one, two := server.push(t, "cloud/image:x"), server.push(t, "cloud/image:y")
	server.call("copy", server.host()+"/cloud/image:x", server.host()+"/cloud/image:latest").mustSay(t, one)
	if found := server.inventory(t, "cloud/image"); len(found) != 2 || found["latest x"] != one || found["y"] != two {
		t.Fatal(found)
	}
	if found := server.inventory(t, "cloud/none"); len(found) != 0 {
		t.Fatal(found)
	}
}

func (b *backend) deleted() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	found := []string{}
	for _, each := range b.asked {
		if path, is := strings.CutPrefix(each, "DELETE "); is {
			found = append(found, path)
		}
	}
	return found
}

func TestAManifestIsRemovedByItsDigest(t *testing.T) {
	server := newHouse(t, nil)
	one := server.push(t, "cloud/image:x")
	server.push(t, "cloud/image:y")
	// The second time as after an interruption.
	for range 2 {
		if done := server.prune(t, []string{one, "x"}); done.code != 0 || !strings.Contains(done.stdout, `"removed":true`) {
			t.Fatal(done)
		}
	}
	if deleted := strings.Join(server.deleted(), " "); deleted != strings.TrimSpace(strings.Repeat("/v2/cloud/image/manifests/"+one+" ", 2)) {
		t.Fatal(deleted)
	}
}

func TestWhatGotAnotherTagSinceIsLeft(t *testing.T) {
	server := newHouse(t, nil)
	one := server.push(t, "cloud/image:x")
	server.call("copy", server.host()+"/cloud/image:x", server.host()+"/cloud/image:latest").mustSay(t, one)
	done := server.prune(t, []string{one, "x"})
	if done.code != 0 || !strings.Contains(done.stdout, `"removed":false,"because":"it has the tag latest now"`) {
		t.Fatal(done)
	}
	server.call("digest", server.host()+"/cloud/image:latest").mustSay(t, one)
}

func TestTheAttestationOfWhatIsLeftIsLeft(t *testing.T) {
	h := newHouse(t, nil)
	one := h.tried(t, "c-1")
	attested := strings.Replace(one, ":", "-", 1) + ".contract-tools"
	attestation := h.call("digest", h.image()+":"+attested).stdout
	// A rollback after the look.
	h.call("copy", h.image()+":c-1", h.image()+":latest").mustSay(t, one)
	done := h.prune(t, []string{one, "c-1"}, []string{attestation, attested})
	if done.code != 0 || !strings.Contains(done.stdout, `"because":"it attests what has the tag latest now"`) || strings.Contains(done.stdout, `"removed":true`) {
		t.Fatal(done)
	}
	h.promote(t, "c-1", "--pin", one).mustSay(t, "testing")
}

func TestNothingIsRemovedWithoutTheLease(t *testing.T) {
	h := newHouse(t, nil)
	one := h.push(t, "cloud/image:x")
	if err := os.Remove(filepath.Join(h.cluster.folder, "token")); err != nil {
		t.Fatal(err)
	}
	if done := h.prune(t, []string{one, "x"}); done.code != 1 || !strings.Contains(done.stderr, "nothing was removed") || len(h.deleted()) != 0 {
		t.Fatal(done)
	}
}

func TestARegistryThatRefusesToDeleteIsNamed(t *testing.T) {
	server := newHouse(t, nil)
	one := server.push(t, "cloud/image:x")
	server.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodDelete {
			return false
		}
		w.WriteHeader(http.StatusMethodNotAllowed)
		return true
	}
	server.prune(t, []string{one, "x"}).mustRefuse(t, "cloud/image")
	server.prune(t, []string{"sha256:1", "x"}).mustRefuse(t, "is no digest")
}
