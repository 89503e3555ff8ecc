package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

const (
	theCommit = "0123456789abcdef0123456789abcdef01234567"
	theMaking = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
)

// theLayers is the tag of the layers of theCommit: test/images/followed-images.test.ts has the same address.
const theLayers = "c-4959a5e43f0358d6"

func ofCommit(file *v1.ConfigFile) {
	file.Config.Labels["io.buildpacks.project.metadata"] = `{"source":{"type":"git","version":{"commit":"` + theCommit + `"}}}`
}

// followed is a folder as a ConfigMap of these images is mounted: each is declared on a run image.
func (h *fleetHouse) followed(declared map[string]string) string {
	folder := h.t.TempDir()
	h.must(os.Mkdir(filepath.Join(folder, "..data"), 0o700))
	for repository, run := range declared {
		param := func(name, value string) string { return fmt.Sprintf(`{"name":%q,"value":%q}`, name, value) }
		at := h.host() + "/" + repository
		params := []string{param("run-image", h.host()+"/"+run), param("repository", at), param("layers", at+":c-@"), param("image", at+":c-@-r2")}
		text := fmt.Sprintf(`{"made":%q,"run":{"spec":{"params":[%s]}}}`, theMaking, strings.Join(params, ","))
		file := strings.ReplaceAll(repository, "/", ".")
		h.must(os.WriteFile(filepath.Join(folder, "..data", file), []byte(text), 0o600))
		h.must(os.Symlink(filepath.Join("..data", file), filepath.Join(folder, file)))
	}
	return folder
}

func (h *fleetHouse) rebaseFollowed(k *cluster, folder string) outcome {
	lease := []string{"--lease-namespace", "builds", "--api", k.folder, "--server", k.URL}
	return h.call(append([]string{"rebase-followed", "--run-image", h.host() + "/platform/run:new", "--followed", folder, "--tag", "latest", "--workers", "1"}, lease...)...)
}

func TestWhatFollowsABranchIsRebasedAtItsCommitAndMadePublic(t *testing.T) {
	h, old, _ := twoRuns(t)
	image := h.app(old, ofCommit, "tool")
	h.write(image, "tool/a:latest")
	h.write(image, "tool/a:"+theLayers)
	h.write(image, "tool/elsewhere:latest")
	k := kubernetes(t)
	folder := h.followed(map[string]string{"tool/a": "platform/run:new", "tool/elsewhere": "platform/other:new", "tool/not-yet": "platform/run:new"})
	got := h.rebaseFollowed(k, folder)
	got.mustSay(t, `{"failed":0,"found":0,"held back":0,"not built":1,"rebased":1,"refused":0}`)
	is := h.layers("tool/a:latest")
	if !slices.Equal(is, h.layers("tool/a:"+theLayers+"-r2")) || !slices.Equal(is[:3], h.layers("platform/run:new")) {
		t.Error(is)
	}
	if !slices.Equal(h.layers("tool/elsewhere:latest")[:2], h.layers("platform/run:old")) {
		t.Error("an image of another run image was moved")
	}
	// What it was is there by a name that stays.
	digest, err := image.Digest()
	h.must(err)
	h.call("digest", h.host()+"/tool/a:was-latest-"+digest.Hex[:12]).mustSay(t, digest.String())
	if moves := h.call("history", h.host()+"/tool/a").stdout; !strings.HasSuffix(moves, `"was":"`+digest.String()+`","image":"`+theLayers+`-r2"}`) {
		t.Errorf("the history has: %s", moves)
	}
	h.wrote()
	h.rebaseFollowed(k, folder).mustSay(t, `{"failed":0,"found":1,"held back":0,"not built":1,"rebased":0,"refused":0}`)
	if wrote := h.wrote(); len(wrote) != 0 {
		t.Error(wrote)
	}
}

func TestWhatHasToBeBuiltInsteadStaysPublicAsItIs(t *testing.T) {
	h, old, _ := twoRuns(t)
	// Made by something else: its layers have another address than the declared ones.
	h.write(h.app(old, ofCommit, "tool"), "tool/a:latest")
	h.write(h.app(old, unchanged, "tool"), "tool/unknown:latest")
	got := h.rebaseFollowed(kubernetes(t), h.followed(map[string]string{"tool/a": "platform/run:new", "tool/unknown": "platform/run:new"}))
	got.mustSay(t, `{"failed":0,"found":0,"held back":0,"not built":0,"rebased":0,"refused":2}`)
	for _, each := range []string{theLayers + " is not in the registry", "tool/unknown:latest does not say of which commit"} {
		if !strings.Contains(got.stderr, each) {
			t.Errorf("%s is not in %s", each, got.stderr)
		}
	}
	if !slices.Equal(h.layers("tool/a:latest")[:2], h.layers("platform/run:old")) {
		t.Error("it was moved")
	}
}

func TestWhatWasRolledBackIsNotRebasedForwardAgain(t *testing.T) {
	h, old, _ := twoRuns(t)
	image := h.app(old, ofCommit, "tool")
	h.write(image, "tool/a:latest")
	h.write(image, "tool/a:"+theLayers)
	digest, err := image.Digest()
	h.must(err)
	k := kubernetes(t)
	folder := h.followed(map[string]string{"tool/a": "platform/run:new"})
	h.rebaseFollowed(k, folder).mustSay(t, `{"failed":0,"found":0,"held back":0,"not built":0,"rebased":1,"refused":0}`)
	now := h.call("digest", h.host()+"/tool/a:latest").stdout
	back := h.call("publish", "--tags", "latest", "--before", "latest="+now, "--lease-namespace", "builds", "--api", k.folder, "--server", k.URL, h.host()+"/tool/a:was-latest-"+digest.Hex[:12])
	back.mustSay(t, "latest")
	h.rebaseFollowed(k, folder).mustSay(t, `{"failed":0,"found":0,"held back":1,"not built":0,"rebased":0,"refused":0}`)
	h.call("digest", h.host()+"/tool/a:latest").mustSay(t, digest.String())
}
