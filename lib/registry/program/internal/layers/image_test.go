package layers

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layout"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

func TestTwoRunsHaveTheSameBytes(t *testing.T) {
	for range 3 {
		if one, other := family("python3", "3.0").split(t, plan(), nil), family("python3", "3.0").split(t, plan(), nil); one.digest(t) != other.digest(t) {
			t.Error("not the same image")
		}
	}
}

func (i image) digest(t *testing.T) string {
	t.Helper()
	read, err := layout.Read(i.folder, "base")
	must(t, err)
	digest, err := read.Digest()
	must(t, err)
	return digest.String()
}

func TestFamiliesShareTheLayersOfWhatTheyHaveInCommon(t *testing.T) {
	python, node := family("python3", "3.0").split(t, plan(), nil).digests(), family("nodejs", "3.0").split(t, plan(), nil).digests()
	for _, name := range []string{"libc", "base", "ssl"} {
		if python[name] == "" || python[name] != node[name] {
			t.Errorf("%s: %s and %s", name, python[name], node[name])
		}
	}
	if python["languages"] == node["languages"] || python["state"] == node["state"] {
		t.Errorf("%v and %v", python, node)
	}
}

func TestAnUpdateMovesItsOwnLayerAndTheState(t *testing.T) {
	before, after := family("python3", "3.0").split(t, plan(), nil).digests(), family("python3", "3.1").split(t, plan(), nil).digests()
	for name := range before {
		moved := before[name] != after[name]
		if expected := name == "ssl" || name == "state"; moved != expected {
			t.Errorf("%s moved: %v, expected %v", name, moved, expected)
		}
	}
}

func TestKnownLayersAreNotPacked(t *testing.T) {
	first := family("python3", "3.0").split(t, plan(), nil)
	known := Known{}
	for _, each := range first.Layers {
		known[each.Key] = each.Blob
	}
	second := family("python3", "3.1").split(t, plan(), known)
	if packed := family("python3", "3.1").split(t, plan(), nil); packed.digest(t) != second.digest(t) || !reflect.DeepEqual(packed.digests(), second.digests()) {
		t.Error("not the same image as if all were packed")
	}
	for _, each := range second.Layers {
		_, err := os.Stat(filepath.Join(second.folder, "blobs/sha256", each.Digest.Hex))
		if isThere, expected := err == nil, each.Name == "ssl" || each.Name == "state"; isThere != expected || each.Known == expected {
			t.Errorf("%s is in the layout: %v, is known: %v", each.Name, isThere, each.Known)
		}
	}
}

func TestEachLayerHasItsHistory(t *testing.T) {
	many := []string{}
	packages := []debianPackage{baseFiles()}
	for i := range 300 {
		name := "package-" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + strings.Repeat("y", i/26)
		many = append(many, name)
		packages = append(packages, debianPackage{name: name, version: "1"})
	}
	made := debian(packages...).split(t, planOf("many "+strings.Join(many, " "), "base base-files"), nil)
	read, err := layout.Read(made.folder, "base")
	must(t, err)
	config, err := read.ConfigFile()
	must(t, err)
	if config.OS != "linux" || config.Architecture != "amd64" || len(config.History) != len(made.Layers) || len(config.RootFS.DiffIDs) != len(made.Layers) {
		t.Fatalf("%+v", config)
	}
	for i, each := range config.History {
		if each.Comment != made.Layers[i].Key || each.EmptyLayer || len(each.CreatedBy) > 1100 || !strings.HasPrefix(each.CreatedBy, made.Layers[i].Name) {
			t.Errorf("%+v", each)
		}
	}
	if last := config.History[1].CreatedBy; last != "base: base-files" {
		t.Error(last)
	}
	if !strings.HasSuffix(config.History[0].CreatedBy, " more") {
		t.Error(config.History[0].CreatedBy)
	}
	layers, err := read.Layers()
	must(t, err)
	for i, each := range layers {
		if diffID, err := each.DiffID(); err != nil || diffID != made.Layers[i].DiffID {
			t.Errorf("%s, %v", diffID, err)
		}
	}
}

func TestWhatIsNoPlanIsRefused(t *testing.T) {
	for text, expected := range map[string]string{
		`{`:  "no plan of layers in JSON",
		`{}`: "a plan without a list of layers",
		`{"layers":[{"name":"a","packages":["x"]},{"name":"b","packages":["x"]}]}`: "the package x is in the layers a and b",
		`{"layers":[{"name":"a","packages":[]},{"name":"a","packages":[]}]}`:       "the layer 'a' of the plan has no name of its own",
		`{"layers":[{"name":"state","packages":[]}]}`:                              "'state' is that of the topmost",
	} {
		if _, err := ParsePlan([]byte(text)); err == nil || !strings.Contains(err.Error(), expected) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{`[]`, `{"x":{}}`, `{"` + strings.Repeat("a", 64) + `":{"digest":"sha256:x"}}`, `{"` + strings.Repeat("a", 64) + `":{"size":1}}`} {
		if _, err := ParseKnown([]byte(text)); err == nil || !strings.Contains(err.Error(), "known layer") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestATreeThatIsChangedMeanwhileIsRefused(t *testing.T) {
	file := family("python3", "3.0").tar(t)
	tree, err := rootfs.Read(t.Context(), file)
	must(t, err)
	division, err := Split(tree, plan())
	must(t, err)
	text, err := os.ReadFile(file.Name())
	must(t, err)
	changed := bytes.Replace(text, []byte("root:x:0:0"), []byte("root:x:7:7"), 1)
	must(t, os.WriteFile(file.Name(), changed, 0o644))
	root, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	if _, err := division.Write(t.Context(), tree, nil, filepath.Join(root, "layout"), "base"); err == nil || !strings.Contains(err.Error(), "/etc/passwd was changed") {
		t.Error(err)
	}
}
