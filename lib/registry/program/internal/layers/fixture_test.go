package layers

import (
	"archive/tar"
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// filesystem is a small root filesystem: headers of tar by path, and contents.
type filesystem map[string]*node

type node struct {
	tar.Header
	content string
}

// debianPackage has files with contents by absolute path; a path that ends in / is a folder.
type debianPackage struct {
	name, version string
	files         map[string]string
	conffiles     []string
}

// debian is a filesystem in which packages are installed, with a merged /usr.
func debian(packages ...debianPackage) filesystem {
	made := filesystem{}
	made.link("bin", "usr/bin")
	made.link("lib", "usr/lib")
	made.folder("usr/bin")
	made.folder("usr/lib")
	status := ""
	for _, each := range packages {
		status += made.install(each)
	}
	made.file("var/lib/dpkg/status", status)
	made.file("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
	return made
}

// at is where a path is, with the links of a merged /usr followed.
func at(path string) string {
	path = strings.Trim(path, "/")
	if strings.HasPrefix(path, "bin/") || strings.HasPrefix(path, "lib/") {
		return "usr/" + path
	}
	return path
}

// install returns the package's stanza in dpkg's status.
func (f filesystem) install(one debianPackage) string {
	stanza := fmt.Sprintf("Package: %s\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n", one.name, one.version)
	if len(one.conffiles) > 0 {
		stanza += "Conffiles:\n"
	}
	list, sums := []string{"/."}, ""
	for _, path := range slices.Sorted(maps.Keys(one.files)) {
		for _, above := range slices.Backward(rootfs.Above(strings.Trim(path, "/"))) {
			if !slices.Contains(list, "/"+above) {
				list = append(list, "/"+above)
			}
		}
		list = append(list, strings.TrimSuffix(path, "/"))
		if strings.HasSuffix(path, "/") {
			f.folder(at(path))
			continue
		}
		f.file(at(path), one.files[path])
		if slices.Contains(one.conffiles, path) {
			stanza += fmt.Sprintf(" %s %s\n", path, md5Of(one.files[path]))
		} else {
			sums += fmt.Sprintf("%s  %s\n", md5Of(one.files[path]), strings.Trim(path, "/"))
		}
	}
	f.file("var/lib/dpkg/info/"+one.name+".list", strings.Join(list, "\n")+"\n")
	f.file("var/lib/dpkg/info/"+one.name+".md5sums", sums)
	return stanza + "\n"
}

func md5Of(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (f filesystem) put(path string, header tar.Header, content string) *node {
	header.Name = path
	f[path] = &node{Header: header, content: content}
	for _, above := range rootfs.Above(path) {
		if f[above] == nil {
			f.folder(above)
		}
	}
	return f[path]
}

func (f filesystem) folder(path string) *node {
	return f.put(path, tar.Header{Typeflag: tar.TypeDir, Mode: 0o755}, "")
}

func (f filesystem) file(path, content string) *node {
	return f.put(path, tar.Header{Typeflag: tar.TypeReg, Mode: 0o644, Size: int64(len(content))}, content)
}

func (f filesystem) append(path, more string) { f.file(path, f[path].content+more) }

func (f filesystem) link(path, target string) *node {
	return f.put(path, tar.Header{Typeflag: tar.TypeSymlink, Mode: 0o777, Linkname: target}, "")
}

// hardLink is another name of a file, which has to sort after it.
func (f filesystem) hardLink(path, other string) *node {
	return f.put(path, tar.Header{Typeflag: tar.TypeLink, Mode: 0o644, Linkname: other}, "")
}

// tar writes it as GNU tar does.
func (f filesystem) tar(t *testing.T) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "root.tar"))
	must(t, err)
	t.Cleanup(func() { file.Close() })
	archive := tar.NewWriter(file)
	must(t, archive.WriteHeader(&tar.Header{Name: "./", Typeflag: tar.TypeDir, Mode: 0o755}))
	for _, path := range slices.Sorted(maps.Keys(f)) {
		header := f[path].Header
		header.Name = "./" + path
		if header.Typeflag == tar.TypeLink {
			header.Linkname = "./" + header.Linkname
		}
		must(t, archive.WriteHeader(&header))
		_, err := archive.Write([]byte(f[path].content))
		must(t, err)
	}
	must(t, archive.Close())
	_, err = file.Seek(0, 0)
	must(t, err)
	return file
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// planOf has a layer of each text: a name, and packages.
func planOf(layers ...string) *Plan {
	plan := &Plan{}
	for _, each := range layers {
		words := strings.Fields(each)
		plan.Layers = append(plan.Layers, Planned{Name: words[0], Packages: words[1:]})
	}
	return plan
}

// image is a divided tree that was written.
type image struct {
	folder string
	tree   *rootfs.Tree
	made   []Made
	Report
}

func (f filesystem) split(t *testing.T, plan *Plan, known Known) image {
	t.Helper()
	tree, err := rootfs.Read(context.Background(), f.tar(t))
	must(t, err)
	division, err := Split(tree, plan)
	must(t, err)
	root, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	folder := filepath.Join(root, "layout")
	made, err := division.Write(context.Background(), tree, known, folder, "base")
	must(t, err)
	return image{folder: folder, tree: tree, made: made, Report: division.Report(made)}
}

// digests are those of layers by name.
func (i image) digests() map[string]string {
	found := map[string]string{}
	for _, each := range i.Layers {
		found[each.Name] = each.Digest.String()
	}
	return found
}
