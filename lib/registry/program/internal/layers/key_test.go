package layers

import (
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

func TestTheKeyIsOfAllThatALayerHas(t *testing.T) {
	plain := func() item {
		return item{Entry: &rootfs.Entry{Path: "usr/bin/tool", Kind: rootfs.File, Mode: 0o755, Size: 1, SHA256: "a", Xattrs: map[string]string{}}}
	}
	known := map[string]string{keyOf([]item{plain()}): "nothing"}
	for name, change := range map[string]func(*item){
		"path":         func(i *item) { i.Path = "usr/bin/other" },
		"kind":         func(i *item) { i.Kind = rootfs.Folder },
		"mode":         func(i *item) { i.Mode = 0o4755 },
		"owner":        func(i *item) { i.UID = 1 },
		"group":        func(i *item) { i.GID = 1 },
		"size":         func(i *item) { i.Size = 2 },
		"content":      func(i *item) { i.SHA256 = "b" },
		"target":       func(i *item) { i.Target = "a" },
		"another name": func(i *item) { i.sameAs = "usr/bin/other" },
		"device":       func(i *item) { i.Major = 1 },
		"minor device": func(i *item) { i.Minor = 1 },
		"attribute":    func(i *item) { i.Xattrs["security.capability"] = "\x01" },
		"no attribute": func(i *item) { i.Xattrs["user.x"] = "" },
		"fields":       func(i *item) { i.Target = `" "a` },
	} {
		changed := plain()
		change(&changed)
		key := keyOf([]item{changed})
		if other, is := known[key]; is {
			t.Errorf("the key is the same with another %s as with another %s", name, other)
		}
		known[key] = name
	}
	// MD5 is not trusted with it, and where the content lies in the tar does not matter.
	weak := plain()
	weak.MD5 = "a"
	if known[keyOf([]item{weak})] != "nothing" {
		t.Error("the key is of something that is in no layer")
	}
}
