package rootfs

import (
	"archive/tar"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func tarOf(t *testing.T, headers ...tar.Header) *os.File {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "root.tar"))
	must(t, err)
	t.Cleanup(func() { file.Close() })
	archive := tar.NewWriter(file)
	for _, each := range headers {
		must(t, archive.WriteHeader(&each))
		_, err := archive.Write([]byte(strings.Repeat("x", int(each.Size))))
		must(t, err)
	}
	must(t, archive.Close())
	_, err = file.Seek(0, io.SeekStart)
	must(t, err)
	return file
}

func file(name string) tar.Header {
	return tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o644, Size: 1}
}
func folder(name string) tar.Header {
	return tar.Header{Name: name, Typeflag: tar.TypeDir, Mode: 0o755}
}
func linked(name, target string, typeflag byte) tar.Header {
	return tar.Header{Name: name, Typeflag: typeflag, Linkname: target, Mode: 0o777}
}

func TestWhatIsNoTreeIsRefused(t *testing.T) {
	for expected, headers := range map[string][]tar.Header{
		`the name "../etc/" is no path of the tree`:                                {folder("../etc/")},
		`the name "etc/../../x" is no path of the tree`:                            {file("etc/../../x")},
		`the name "etc//x" is no path of the tree`:                                 {folder("etc/"), file("etc//x")},
		`begins with .wh., which in a layer means that a file is gone`:             {folder("etc/"), file("etc/.wh.passwd")},
		`/etc is in it twice`:                                                      {folder("etc/"), folder("./etc/")},
		`/etc/passwd lies in /etc, which is no folder that is in it`:               {file("etc/passwd")},
		`/etc/x lies in /etc, which is no folder that is in it`:                    {linked("etc", "/", tar.TypeSymlink), file("etc/x")},
		`/b is another name of /a, which is no file that is in it before`:          {linked("b", "a", tar.TypeLink)},
		`/b is another name of /etc, which is no file that is in it before`:        {folder("etc"), linked("b", "etc", tar.TypeLink)},
		`the root folder has the mode 0777 and the owner 0:0; expected are 0755 a`: {{Name: "./", Typeflag: tar.TypeDir, Mode: 0o777}},
	} {
		opened := tarOf(t, headers...)
		if _, err := Read(context.Background(), opened); err == nil || !strings.Contains(err.Error(), expected) || !strings.Contains(err.Error(), opened.Name()) {
			t.Errorf("%v, expected %s", err, expected)
		}
	}
}

func TestATarThatEndsEarlyIsRefused(t *testing.T) {
	large := file("large")
	large.Size = 100_000
	opened := tarOf(t, large)
	must(t, opened.Truncate(50_000))
	if _, err := Read(context.Background(), opened); err == nil || !strings.Contains(err.Error(), opened.Name()) {
		t.Error(err)
	}
	text := filepath.Join(t.TempDir(), "text")
	must(t, os.WriteFile(text, []byte(strings.Repeat("no tar", 1000)), 0o644))
	opened, err := os.Open(text)
	must(t, err)
	defer opened.Close()
	if _, err := Read(context.Background(), opened); err == nil || !strings.Contains(err.Error(), "is no tar that can be read") {
		t.Error(err)
	}
}

func TestContentsAreReadWhereTheyLie(t *testing.T) {
	large := file("b")
	large.Size = 1_000_000
	tree, err := Read(context.Background(), tarOf(t, folder("./"), file("./a"), large, linked("c", "a", tar.TypeLink), linked("d", "b", tar.TypeSymlink)))
	must(t, err)
	text, err := io.ReadAll(tree.Content(tree.Entries["b"]))
	must(t, err)
	if string(text) != strings.Repeat("x", 1_000_000) {
		t.Error(len(text))
	}
	a, c := tree.Entries["a"], tree.Entries["c"]
	// Of the letter x.
	const sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
	if a.SHA256 != sum || c.SHA256 != sum || a.Inode == "" || a.Inode != c.Inode || tree.Entries["b"].Inode != "" {
		t.Errorf("%+v %+v", a, c)
	}
	if _, err := tree.Lines("b", 999_999); err == nil || !strings.Contains(err.Error(), "/b has 1000000 bytes, expected are at most 999999") {
		t.Error(err)
	}
}
