package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
)

// split calls the command as a step does: no registry is named, and no credentials are there.
func splitWith(t *testing.T, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), access.Settings{}, append([]string{"split"}, args...), &stdout, &stderr)
	return outcome{code, strings.TrimSpace(stdout.String()), strings.TrimSpace(stderr.String())}
}

// smallest is a tree of one package, and a folder with it and a plan.
func smallest(t *testing.T) (folder string) {
	t.Helper()
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	archive := tar.NewWriter(&text)
	for _, each := range []struct{ path, content string }{
		{"usr/", ""}, {"usr/tool", "it works"}, {"var/", ""}, {"var/lib/", ""}, {"var/lib/dpkg/", ""}, {"var/lib/dpkg/info/", ""},
		{"var/lib/dpkg/info/tool.list", "/.\n/usr\n/usr/tool\n"},
		{"var/lib/dpkg/status", "Package: tool\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n"},
	} {
		archive.WriteHeader(&tar.Header{Name: each.path, Mode: 0o755, Size: int64(len(each.content))})
		archive.Write([]byte(each.content))
	}
	archive.Close()
	for name, content := range map[string]string{"root.tar": text.String(), "plan.json": `{"release":"bookworm","budget":48,"layers":[{"name":"tools","packages":["tool"]}]}`} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestASplitTreeIsAnImageThatCanBePushed(t *testing.T) {
	folder := smallest(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	done := splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--layout", at("layout"), "--tag", "base")
	report := layers.Report{}
	if err := json.Unmarshal([]byte(done.stdout), &report); done.code != 0 || err != nil {
		t.Fatal(done, err)
	}
	if len(report.Layers) != 2 || report.Layers[0].Name != "tools" || report.Layers[1].Name != "state" || report.Modified == nil || report.Unplanned == nil {
		t.Errorf("%s", done.stdout)
	}
	server := registry(t, nil)
	pushed := server.call("push", "--layout", at("layout"), "--tag", "base", server.host()+"/cloud/image:x")
	if pushed.code != 0 {
		t.Fatal(pushed.stderr)
	}
	pulled := server.call("pull", "--layout", at("again"), "--tag", "base", server.host()+"/cloud/image:x")
	if pulled.stdout != pushed.stdout {
		t.Errorf("%v, %v", pulled, pushed)
	}

	known := map[string]layers.Blob{}
	for _, each := range report.Layers {
		known[each.Key] = each.Blob
	}
	text, err := json.Marshal(known)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at("known.json"), text, 0o644); err != nil {
		t.Fatal(err)
	}
	done = splitWith(t, "--tree", at("root.tar"), "--plan", at("plan.json"), "--known", at("known.json"), "--layout", at("less"), "--tag", "base")
	if done.code != 0 || strings.Count(done.stdout, `"known":true`) != 2 {
		t.Fatal(done)
	}
	// The registry has all layers of this repository, so none is asked of the layout.
	if again := server.call("push", "--layout", at("less"), "--tag", "base", server.host()+"/cloud/image:y"); again.stdout != pushed.stdout {
		t.Error(again)
	}
}

func TestASplitSaysWhatItWasGiven(t *testing.T) {
	folder := smallest(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	if err := os.Symlink(at("root.tar"), at("link.tar")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at("there"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct{ tree, plan, layout, expected string }{
		{"absent", "plan.json", "layout", "absent is not there"},
		{"link.tar", "plan.json", "layout", "link.tar is a link"},
		{"plan.json", "plan.json", "layout", "plan.json is no tar that can be read"},
		{"root.tar", "root.tar", "layout", "root.tar: no plan of layers in JSON"},
		{"root.tar", "plan.json", "there", "there is there already"},
	} {
		done := splitWith(t, "--tree", at(each.tree), "--plan", at(each.plan), "--layout", at(each.layout), "--tag", "base")
		if done.code != 1 || !strings.Contains(done.stderr, each.expected) {
			t.Errorf("%v, expected %s", done, each.expected)
		}
	}
	if done := splitWith(t, "--tree", "x"); done.code != 2 || !strings.Contains(done.stderr, "--plan is missing") {
		t.Error(done)
	}
}
