package layers

import (
	"archive/tar"
	"reflect"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/dpkg"
)

func baseFiles() debianPackage {
	return debianPackage{name: "base-files", version: "12", files: map[string]string{"/etc/debian_version": "12\n", "/var/empty/": ""}, conffiles: []string{"/etc/debian_version"}}
}

func libc() debianPackage {
	return debianPackage{name: "libc6", version: "2.36", files: map[string]string{"/lib/libc.so.6": "the library", "/bin/ldd": "#!/bin/sh"}}
}

func ssl(version string) debianPackage {
	return debianPackage{name: "libssl3", version: version, files: map[string]string{"/usr/lib/libssl.so.3": "as of " + version}}
}

func language(name string) debianPackage {
	return debianPackage{name: name, version: "1", files: map[string]string{"/usr/bin/" + name: "starts " + name, "/usr/lib/" + name + "/code.py": "code"}}
}

func plan() *Plan {
	return planOf("libc libc6", "base base-files absent", "languages python3 nodejs", "ssl libssl3")
}

func family(language_ string, version string) filesystem {
	return debian(baseFiles(), libc(), ssl(version), language(language_))
}

func TestUnpackedLayersAreTheTree(t *testing.T) {
	tree := family("python3", "3.0")
	long := "usr/share/" + strings.Repeat("folder/", 40) + strings.Repeat("file", 40)
	tree.file(long, "long")
	tree.link("usr/share/leads", strings.Repeat("far/", 60)+"away")
	tree.file("usr/share/\xffnot utf-8", "bytes")
	tree.file("usr/share/Főtanúsítvány", "utf-8")
	tree.file("usr/bin/ping", "pings").PAXRecords = map[string]string{"SCHILY.xattr.security.capability": "\x01\x00\x00\x02\x00\x20\x00\x00\x00"}
	tree.file("usr/bin/su", "root").Mode = 0o4755
	tree.folder("var/mail").Mode = 0o2775
	tree["var/mail"].Gid = 8
	tree.folder("home/large").Uid = 3_000_000
	tree.put("dev/null", tar.Header{Typeflag: tar.TypeChar, Mode: 0o666, Devmajor: 1, Devminor: 3}, "")
	tree.put("run/pipe", tar.Header{Typeflag: tar.TypeFifo, Mode: 0o600}, "")
	tree.file("srv/one", "twice")
	tree.hardLink("srv/two", "srv/one")
	made := tree.split(t, plan(), nil)
	same(t, made.unpacked(t), tree.described())
	names := []string{}
	for _, each := range made.Layers {
		names = append(names, each.Name+": "+strings.Join(each.Packages, " "))
	}
	if expected := []string{"libc: libc6", "base: base-files", "languages: python3", "ssl: libssl3", "state: "}; !reflect.DeepEqual(names, expected) {
		t.Errorf("%q", names)
	}
}

func TestEachPathIsInTheLayerOfItsPackage(t *testing.T) {
	lisp := debianPackage{name: "lisp", version: "1", files: map[string]string{
		"/usr/share/emacs/tool.el": "code", "/usr/share/emacs/packed.el.gz": "code", "/usr/share/emacs/shipped.el": "code", "/usr/share/emacs/shipped.elc": "compiled"}}
	tree := debian(baseFiles(), libc(), ssl("3.0"), language("python3"), lisp)
	// As update-alternatives, or a script, makes of a folder that a package has.
	tree.link("usr/share/linked", "../lib/moved/./../linked")
	tree.file("usr/lib/linked/lisp/tool.el", "code")
	tree.append("var/lib/dpkg/info/lisp.list", "/usr/share/linked/lisp/tool.el\n")
	tree.file("usr/share/emacs/tool.elc", "compiled")
	tree.file("usr/share/emacs/packed.elc", "compiled")
	tree.file("usr/share/emacs/shipped.elc", "compiled otherwise")
	tree.file("usr/lib/python3/__pycache__/code.cpython-311.pyc", "compiled")
	tree.file("usr/lib/python3/__pycache__/code.cpython-311.opt-1.pyc", "compiled")
	tree.file("usr/lib/python3/__pycache__/other.cpython-311.pyc", "of nobody")
	tree.file("var/lib/dpkg/info/libssl3.postinst", "")
	tree.file("var/lib/dpkg/info/libssl3:amd64.triggers", "")
	tree.file("var/lib/dpkg/info/format", "1")
	made := tree.split(t, planOf("libc libc6", "base base-files absent", "languages python3 nodejs", "lisp lisp", "ssl libssl3"), nil)
	for path, expected := range map[string]string{
		"usr/share/emacs/tool.elc":    "lisp",
		"usr/share/emacs/packed.elc":  "lisp",
		"usr/share/emacs/shipped.elc": "state",
		"usr/lib/linked/lisp/tool.el": "lisp",
		"usr/lib/libc.so.6":           "libc",
		"usr/bin/ldd":                 "libc",
		"etc/debian_version":          "base",
		"bin":                         "base",
		"usr/lib/python3/__pycache__/code.cpython-311.pyc":       "languages",
		"usr/lib/python3/__pycache__/code.cpython-311.opt-1.pyc": "languages",
		"usr/lib/python3/__pycache__/other.cpython-311.pyc":      "state",
		"var/lib/dpkg/info/libssl3.list":                         "ssl",
		"var/lib/dpkg/info/libssl3.postinst":                     "ssl",
		"var/lib/dpkg/info/libssl3:amd64.triggers":               "ssl",
		"var/lib/dpkg/info/format":                               "state",
		"var/lib/dpkg/status":                                    "state",
		"etc/passwd":                                             "state",
	} {
		if found := made.layerOf(t, path); found != expected {
			t.Errorf("%s is in %s, expected %s", path, found, expected)
		}
	}
	same(t, made.unpacked(t), tree.described())
}

func TestADivertedFileIsOfThePackageThatBroughtIt(t *testing.T) {
	tree := debian(baseFiles(), debianPackage{name: "gcc", version: "1", files: map[string]string{"/usr/bin/tool": "old"}})
	tree.file("usr/bin/tool.real", "old")
	tree.append("var/lib/dpkg/status", tree.install(debianPackage{name: "wrapper", version: "1", files: map[string]string{"/usr/bin/tool": "new"}}))
	tree.file("var/lib/dpkg/diversions", "/usr/bin/tool\n/usr/bin/tool.real\nwrapper\n")
	made := tree.split(t, planOf("base base-files", "gcc gcc", "wrapper wrapper"), nil)
	if one, other := made.layerOf(t, "usr/bin/tool"), made.layerOf(t, "usr/bin/tool.real"); one != "wrapper" || other != "gcc" {
		t.Errorf("tool is in %s, tool.real in %s", one, other)
	}
	if len(made.Modified) != 0 {
		t.Errorf("%v", made.Modified)
	}
}

func TestWhatIsNotAsItsPackageHasItIsReportedAndInTheState(t *testing.T) {
	tree := family("python3", "3.0")
	tree.file("usr/lib/libssl.so.3", "patched")
	tree.file("etc/debian_version", "13\n")
	tree.link("usr/bin/python3", "python3.11")
	made := tree.split(t, plan(), nil)
	expected := []dpkg.Change{{Path: "etc/debian_version", Package: "base-files"}, {Path: "usr/bin/python3", Package: "python3"}, {Path: "usr/lib/libssl.so.3", Package: "libssl3"}}
	if !reflect.DeepEqual(made.Modified, expected) {
		t.Errorf("%v", made.Modified)
	}
	for _, each := range expected {
		if found := made.layerOf(t, each.Path); found != "state" {
			t.Errorf("%s is in %s", each.Path, found)
		}
	}
	same(t, made.unpacked(t), tree.described())
}

func TestAPackageThatIsNotInThePlanIsReportedAndInTheState(t *testing.T) {
	tree := debian(baseFiles(), libc(), ssl("3.0"), language("python3"), language("ruby"))
	made := tree.split(t, plan(), nil)
	if !reflect.DeepEqual(made.Unplanned, []string{"ruby"}) {
		t.Errorf("%v", made.Unplanned)
	}
	if found := made.layerOf(t, "usr/bin/ruby"); found != "state" {
		t.Errorf("it is in %s", found)
	}
	same(t, made.unpacked(t), tree.described())
}

func TestNamesOfOneFileStayInOneLayer(t *testing.T) {
	git := debianPackage{name: "git", version: "1", files: map[string]string{"/usr/bin/git": "git"}}
	tree := debian(baseFiles(), libc(), git)
	tree.hardLink("usr/lib/git-add", "usr/bin/git")
	tree.append("var/lib/dpkg/info/git.list", "/usr/lib/git-add\n")
	made := tree.split(t, planOf("git git", "base base-files libc6"), nil)
	if found := made.layerOf(t, "usr/lib/git-add"); found != "git" {
		t.Errorf("it is in %s", found)
	}
	same(t, made.unpacked(t), tree.described())

	tree.hardLink("usr/lib/somebody", "usr/bin/git")
	made = tree.split(t, planOf("git git", "base base-files libc6"), nil)
	for _, path := range []string{"usr/bin/git", "usr/lib/git-add", "usr/lib/somebody"} {
		if found := made.layerOf(t, path); found != "state" {
			t.Errorf("%s is in %s", path, found)
		}
	}
	if len(made.Modified) != 2 {
		t.Errorf("%v", made.Modified)
	}
	same(t, made.unpacked(t), tree.described())
}

func TestNotesOfDataGoWithThePackageThatChangesAnyway(t *testing.T) {
	made := debian(baseFiles(), debianPackage{name: "libc-bin", version: "1", files: map[string]string{"/usr/bin/getent": "x"}},
		debianPackage{name: "locales-all", version: "1", files: map[string]string{
			"/usr/lib/locale/C": "data", "/usr/share/doc/locales-all/changelog.Debian.gz": "news", "/usr/share/doc/locales-all/copyright": "free"}}).
		split(t, planOf("locales locales-all", "libc libc-bin", "base base-files"), nil)
	for path, expected := range map[string]string{
		"usr/lib/locale/C":                              "locales",
		"usr/share/doc/locales-all/copyright":           "locales",
		"usr/share/doc/locales-all/changelog.Debian.gz": "libc",
		"var/lib/dpkg/info/locales-all.list":            "libc",
	} {
		if found := made.layerOf(t, path); found != expected {
			t.Errorf("%s is in %s, expected %s", path, found, expected)
		}
	}
}
