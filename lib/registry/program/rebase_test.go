package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// fleetHouse is a registry with run images and images on them.
type fleetHouse struct {
	*backend
	t *testing.T
}

func newFleetHouse(t *testing.T) *fleetHouse { return &fleetHouse{registry(t, mounts), t} }

// mounts is what the library's registry, which has the blobs of one repository for all, does not answer.
func mounts(w http.ResponseWriter, r *http.Request) bool {
	mounted := r.Method == http.MethodPost && r.URL.Query().Has("mount")
	if mounted {
		w.WriteHeader(http.StatusCreated)
	}
	return mounted
}

// first has requests answered by this, and the others as before.
func (h *fleetHouse) first(before func(http.ResponseWriter, *http.Request) bool) {
	h.before = func(w http.ResponseWriter, r *http.Request) bool { return before(w, r) || mounts(w, r) }
}

func (h *fleetHouse) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *fleetHouse) write(image v1.Image, text string) string {
	h.t.Helper()
	reference, err := name.ParseReference(h.host()+"/"+text, name.Insecure)
	h.must(err)
	h.must(remote.Write(reference, image))
	digest, err := image.Digest()
	h.must(err)
	return reference.Context().Digest(digest.String()).String()
}

// layered adds layers of these contents to an image, each with its history.
func (h *fleetHouse) layered(image v1.Image, contents ...string) v1.Image {
	h.t.Helper()
	for _, content := range contents {
		layer := static.NewLayer([]byte(content), types.DockerLayer)
		made, err := mutate.Append(image, mutate.Addendum{Layer: layer, History: v1.History{CreatedBy: content}, MediaType: types.DockerLayer})
		h.must(err)
		image = made
	}
	return image
}

func (h *fleetHouse) configured(image v1.Image, change func(*v1.ConfigFile)) v1.Image {
	h.t.Helper()
	file, err := image.ConfigFile()
	h.must(err)
	file = file.DeepCopy()
	if file.Config.Labels == nil {
		file.Config.Labels = map[string]string{}
	}
	change(file)
	made, err := mutate.ConfigFile(image, file)
	h.must(err)
	return made
}

// run is a run image of these layers.
func (h *fleetHouse) run(distro string, contents ...string) v1.Image {
	base := mutate.MediaType(mutate.ConfigMediaType(empty.Image, types.DockerConfigJSON), types.DockerManifestSchema2)
	return h.configured(h.layered(base, contents...), func(file *v1.ConfigFile) {
		file.OS, file.Architecture = "linux", "amd64"
		file.Config.Labels["io.buildpacks.base.distro.name"] = distro
		file.Config.Labels["io.buildpacks.base.distro.version"] = "12"
		file.Config.Labels["io.buildpacks.base.released"] = contents[len(contents)-1]
	})
}

// app is an image of buildpacks on a run image.
func (h *fleetHouse) app(run v1.Image, change func(*v1.ConfigFile), contents ...string) v1.Image {
	layers, err := run.Layers()
	h.must(err)
	top, err := layers[len(layers)-1].DiffID()
	h.must(err)
	label, err := json.Marshal(map[string]any{"app": []any{}, "runImage": map[string]any{"topLayer": top.String(), "reference": "old", "image": h.host() + "/platform/run"}})
	h.must(err)
	return h.configured(h.layered(run, contents...), func(file *v1.ConfigFile) {
		file.Config.Env = append(file.Config.Env, "CNB_PLATFORM_API=0.15")
		file.Config.Labels["io.buildpacks.lifecycle.metadata"] = string(label)
		file.Config.Labels["io.buildpacks.rebasable"] = "true"
		change(file)
	})
}

func unchanged(*v1.ConfigFile) {}

func (h *fleetHouse) fleet(lines ...string) string {
	file := filepath.Join(h.t.TempDir(), "fleet")
	h.must(os.WriteFile(file, []byte(strings.ReplaceAll(strings.Join(lines, "\n"), "HOST", h.host())+"\n"), 0o600))
	return file
}

func (h *fleetHouse) rebase(run, fleet string, more ...string) outcome {
	return h.call(append([]string{"rebase", "--run-image", run, "--fleet", fleet}, more...)...)
}

func (h *fleetHouse) layers(text string) []string {
	h.t.Helper()
	reference, err := name.ParseReference(h.host()+"/"+text, name.Insecure)
	h.must(err)
	image, err := remote.Image(reference)
	h.must(err)
	manifest, err := image.Manifest()
	h.must(err)
	digests := []string{}
	for _, layer := range manifest.Layers {
		digests = append(digests, layer.Digest.String())
	}
	return digests
}

// twoRuns are a run image that images stand on, and another one with more layers, of which one is shared.
func twoRuns(t *testing.T) (h *fleetHouse, old v1.Image, newer string) {
	h = newFleetHouse(t)
	old = h.run("debian", "glibc", "openssl 1")
	h.write(old, "platform/run:old")
	return h, old, h.write(h.run("debian", "glibc", "zlib", "openssl 2"), "platform/run:new")
}

func TestAFleetIsPutOnAnotherRunImage(t *testing.T) {
	h, old, newer := twoRuns(t)
	lines := []string{}
	for i := range 20 {
		h.write(h.app(old, unchanged, "python", fmt.Sprintf("tool %d", i)), fmt.Sprintf("tool/%d:c-1", i))
		lines = append(lines, fmt.Sprintf("HOST/tool/%d:c-1 HOST/tool/%d:c-1-r2", i, i))
	}
	report := filepath.Join(t.TempDir(), "report")
	h.rebase(newer, h.fleet(lines...), "--report", report).mustSay(t, `{"failed":0,"found":0,"rebased":20,"refused":0}`)
	below := h.layers("platform/run:new")
	for i := range 20 {
		was, is := h.layers(fmt.Sprintf("tool/%d:c-1", i)), h.layers(fmt.Sprintf("tool/%d:c-1-r2", i))
		if !slices.Equal(is, append(slices.Clone(below), was[2:]...)) {
			t.Errorf("tool %d has %v", i, is)
		}
	}
	text, err := os.ReadFile(report)
	h.must(err)
	if strings.Count(string(text), `"made":"rebased","digest":"sha256:`) != 20 || strings.Count(string(text), "\n") != 20 {
		t.Error(string(text))
	}
	config := h.call("config", h.host()+"/tool/7:c-1-r2")
	for _, each := range []string{`"io.buildpacks.base.released":"openssl 2"`, `\"reference\":\"` + newer, `"CNB_PLATFORM_API=0.15"`} {
		if !strings.Contains(config.stdout, each) {
			t.Errorf("%s is not in %s", each, config.stdout)
		}
	}
}

func TestAgainNothingIsWritten(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	fleet := h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2")
	h.rebase(newer, fleet).mustSay(t, `{"failed":0,"found":0,"rebased":1,"refused":0}`)
	h.wrote()
	h.rebase(newer, fleet).mustSay(t, `{"failed":0,"found":1,"rebased":0,"refused":0}`)
	if wrote := h.wrote(); len(wrote) != 0 {
		t.Error(wrote)
	}
}

func TestOnlyLayersThatTheImageLacksAreMounted(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	from := []string{}
	h.before = blobs("tool/a", true, &from)
	h.rebase(newer, h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2")).mustSay(t, `{"failed":0,"found":0,"rebased":1,"refused":0}`)
	if !slices.Equal(from, []string{"platform/run", "platform/run"}) {
		t.Error(from)
	}
}

// A registry that answers 202 to a mount wants the bytes.
func TestARegistryThatMountsNothingIsSentTheBytes(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	from := []string{}
	h.before = blobs("tool/a", false, &from)
	h.rebase(newer, h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2")).mustSay(t, `{"failed":0,"found":0,"rebased":1,"refused":0}`)
	if len(from) < 2 {
		t.Error(from)
	}
}

func TestWhatMayNotBeRebasedIsRefusedAndStopsNoOther(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/good:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) { file.Config.Labels["io.buildpacks.rebasable"] = "false" }, "tool"), "tool/fixed:c-1")
	h.write(h.app(h.run("ubuntu", "glibc", "openssl 1"), unchanged, "tool"), "tool/ubuntu:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) { file.Architecture = "arm64" }, "tool"), "tool/arm:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) {
		label := &file.Config.Labels
		(*label)["io.buildpacks.lifecycle.metadata"] = strings.ReplaceAll((*label)["io.buildpacks.lifecycle.metadata"], "/platform/run", "/platform/other")
	}, "tool"), "tool/stranger:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) { file.History = nil }, "tool", "more"), "tool/nameless:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) { file.History = nil }, "tool"), "tool/lost:c-1")
	h.write(h.app(old, func(file *v1.ConfigFile) { file.Config.Env = []string{"CNB_PLATFORM_API=0.15.0"} }, "tool"), "tool/panics:c-1")
	h.write(h.app(old, unchanged, "other"), "tool/taken:c-1-r2")
	names := []string{"good", "fixed", "ubuntu", "arm", "stranger", "nameless", "lost", "panics", "taken", "absent"}
	lines := []string{}
	for _, each := range names {
		lines = append(lines, fmt.Sprintf("HOST/tool/%s:c-1 HOST/tool/%s:c-1-r2", each, each))
	}
	done := h.rebase(newer, h.fleet(lines...))
	done.mustSay(t, `{"failed":0,"found":0,"rebased":1,"refused":9}`)
	for _, each := range []string{
		"tool/fixed:c-1: app image is not marked as rebasable",
		"tool/ubuntu:c-1: unable to satisfy target",
		"tool/arm:c-1: unable to satisfy target",
		"tool/stranger:c-1: rebase app image: new base image",
		"tool/taken:c-1-r2 is in the registry, but does not stand on ",
		"tool/absent:c-1 is not in the registry",
		"tool/nameless:c-1: its layers would not be those of the run image",
		"tool/lost:c-1: its layers would not be those of the run image",
		"tool/panics:c-1: the lifecycle cannot read it",
	} {
		if !strings.Contains(done.stderr, each) {
			t.Errorf("%q is not said:\n%s", each, done.stderr)
		}
	}
	for _, each := range []string{"nameless", "lost"} {
		if digest := h.call("digest", h.host()+"/tool/"+each+":c-1-r2"); digest.stdout != "" {
			t.Error(digest)
		}
	}
}

func TestOneThatFailsIsToldAndTheSameAgainGoesOn(t *testing.T) {
	h, old, newer := twoRuns(t)
	lines := []string{}
	for _, each := range []string{"a", "b", "c"} {
		h.write(h.app(old, unchanged, "tool "+each), "tool/"+each+":c-1")
		lines = append(lines, fmt.Sprintf("HOST/tool/%s:c-1 HOST/tool/%s:c-1-r2", each, each))
	}
	fleet := h.fleet(lines...)
	h.first(func(w http.ResponseWriter, r *http.Request) bool {
		down := r.Method == http.MethodPut && strings.HasPrefix(r.URL.Path, "/v2/tool/b/manifests/")
		if down {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return down
	})
	done := h.rebase(newer, fleet)
	if done.code != exitMayPass || done.stdout != `{"failed":1,"found":0,"rebased":2,"refused":0}` || !strings.Contains(done.stderr, "1 of 3 images failed, to be tried again; the first: ") {
		t.Fatalf("%+v", done)
	}
	h.before = mounts
	h.rebase(newer, fleet).mustSay(t, `{"failed":0,"found":2,"rebased":1,"refused":0}`)
}

func TestAFleetThatMayNotWriteIsNotTriedAgainByItself(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	h.first(func(w http.ResponseWriter, r *http.Request) bool {
		denied := r.Method == http.MethodPut
		if denied {
			w.WriteHeader(http.StatusForbidden)
		}
		return denied
	})
	done := h.rebase(newer, h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2"))
	if done.code != 1 || done.stdout != `{"failed":1,"found":0,"rebased":0,"refused":0}` {
		t.Fatalf("%+v", done)
	}
}

func TestAManifestThatTheRegistryDidNotKeepIsNoSuccess(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	h.first(func(w http.ResponseWriter, r *http.Request) bool {
		lost := r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/manifests/c-1-r2")
		if lost {
			w.WriteHeader(http.StatusCreated)
		}
		return lost
	})
	done := h.rebase(newer, h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2"))
	if done.code != exitMayPass || !strings.Contains(done.stderr, "but the registry has no such thing now") {
		t.Fatalf("%+v", done)
	}
}

func TestAFleetThatWasStoppedSaysHowFarItCame(t *testing.T) {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "tool"), "tool/a:c-1")
	ctx, stop := context.WithCancel(t.Context())
	h.first(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/v2/tool/") {
			stop()
		}
		return false
	})
	done := h.within(ctx, "rebase", "--run-image", newer, "--workers", "1", "--fleet", h.fleet("HOST/tool/a:c-1 HOST/tool/a:c-1-r2", "HOST/tool/b:c-1 HOST/tool/b:c-1-r2"))
	if done.code != exitMayPass || !strings.Contains(done.stderr, "stopped after ") || !strings.Contains(done.stderr, " of 2 images; the same again goes on") {
		t.Fatalf("%+v", done)
	}
}

func TestAFleetIsLookedAtBeforeAnythingIsAsked(t *testing.T) {
	h := newFleetHouse(t)
	run := h.host() + "/platform/run@sha256:" + strings.Repeat("0", 64)
	for line, expected := range map[string]string{
		"HOST/tool/a:c-1":                                         "expected are two references",
		"HOST/tool/a:c-1 HOST/tool/a@sha256:0":                    "is no reference",
		"HOST/tool/a:c-1 HOST/tool/a:c-1":                         "would be rebased onto itself",
		"HOST/tool/a:c-1 HOST/tool/b:c-1-r2":                      "are of two repositories",
		"other.test/tool:c-1 other.test/tool:c-1-r2":              "is not in the registry of the run image",
		"HOST/tool:1 HOST/tool:2\nHOST/tool:3 HOST/tool:2":        "line 2 of ",
		"HOST/tool:1 HOST/tool@sha256:" + strings.Repeat("0", 64): "is no image by tag",
	} {
		h.rebase(run, h.fleet(line)).mustRefuse(t, expected)
	}
	h.rebase(h.host()+"/platform/run:new", h.fleet("HOST/tool:1 HOST/tool:2")).mustRefuse(t, "is no image by digest")
	if len(h.asked) != 0 {
		t.Error(h.asked)
	}
	h.rebase(run, h.fleet("HOST/tool:1 HOST/tool:2")).mustRefuse(t, "is not in the registry")
	if wrong := h.rebase(run, h.fleet("HOST/tool:1 HOST/tool:2"), "--workers", "0"); wrong.code != 2 {
		t.Error(wrong)
	}
}
