package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const secret = "the password"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// tree has a secret outside, and a folder that others write.
func tree(t *testing.T) (outside, shared string) {
	t.Helper()
	// A temporary folder may be behind a link itself.
	root, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	outside, shared = filepath.Join(root, "credentials"), filepath.Join(root, "work")
	must(t, os.Mkdir(outside, 0o755))
	must(t, os.Mkdir(shared, 0o755))
	must(t, os.WriteFile(filepath.Join(outside, "config.json"), []byte(secret), 0o644))
	return outside, shared
}

func TestWhatIsNoFileOfItsOwnIsNotRead(t *testing.T) {
	for name, plant := range map[string]func(outside, path string) error{
		"is a link":               func(outside, path string) error { return os.Symlink(filepath.Join(outside, "config.json"), path) },
		"has more than one name":  func(outside, path string) error { return os.Link(filepath.Join(outside, "config.json"), path) },
		"is no regular file":      func(_, path string) error { return syscall.Mkfifo(path, 0o644) },
		"is not there":            func(_, _ string) error { return nil },
		"is a folder":             func(_, path string) error { return os.Mkdir(path, 0o755) },
		"is larger than 10 bytes": func(_, path string) error { return os.WriteFile(path, []byte(secret), 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			outside, shared := tree(t)
			path := filepath.Join(shared, "found")
			must(t, plant(outside, path))
			content, err := Read(path, 10)
			if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), secret) {
				t.Fatalf("read %q, %v", content, err)
			}
		})
	}
}

func TestNoFolderOnTheWayIsALink(t *testing.T) {
	outside, shared := tree(t)
	must(t, os.Symlink(outside, filepath.Join(shared, "image")))
	path := filepath.Join(shared, "image", "config.json")
	if _, err := Read(path, 100); err == nil || !strings.Contains(err.Error(), "a link leads to it") {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(shared, "image", "new"), nil); err == nil || !strings.Contains(err.Error(), "links are not followed") {
		t.Fatal(err)
	}
	if err := OnlyPlain(filepath.Join(shared, "image")); err == nil {
		t.Fatal("a link to a folder was taken for the folder")
	}
	if err := OnlyPlain(shared); err == nil || !strings.Contains(err.Error(), "image is a link") {
		t.Fatal(err)
	}
}

func TestNothingIsWrittenThroughALink(t *testing.T) {
	outside, shared := tree(t)
	target := filepath.Join(outside, "config.json")
	path := filepath.Join(shared, "result")
	must(t, os.Symlink(target, path))
	if err := Write(path, []byte("x")); err == nil {
		t.Fatal("written")
	}
	content, err := os.ReadFile(target)
	must(t, err)
	if string(content) != secret {
		t.Fatal("changed")
	}
	must(t, os.Remove(path))
	must(t, Write(path, []byte("longer")))
	must(t, Write(path, []byte("short")))
	got, err := Read(path, 100)
	must(t, err)
	if string(got) != "short" {
		t.Fatalf("%q", got)
	}
}

// As the kubelet lays a Secret.
func TestMountedFilesAreLinksOfTheirOwnVolume(t *testing.T) {
	outside, volume := tree(t)
	must(t, os.Mkdir(filepath.Join(volume, "..2026"), 0o755))
	must(t, os.WriteFile(filepath.Join(volume, "..2026", "config.json"), []byte("{}"), 0o644))
	must(t, os.Symlink("..2026", filepath.Join(volume, "..data")))
	must(t, os.Symlink("..data/config.json", filepath.Join(volume, "config.json")))
	content, err := ReadMounted(filepath.Join(volume, "config.json"), 100)
	must(t, err)
	if string(content) != "{}" {
		t.Fatalf("%q", content)
	}
	must(t, os.Symlink(filepath.Join(outside, "config.json"), filepath.Join(volume, "other.json")))
	if content, err := ReadMounted(filepath.Join(volume, "other.json"), 100); err == nil {
		t.Fatalf("read %q", content)
	}
}

func TestAFileThatWasHandedOverMayHaveNoName(t *testing.T) {
	_, shared := tree(t)
	path := filepath.Join(shared, "config.json")
	must(t, os.WriteFile(path, []byte("handed"), 0o600))
	file, err := os.Open(path)
	must(t, err)
	defer file.Close()
	must(t, os.Remove(path))
	for range 2 {
		content, err := ReadMounted(fmt.Sprintf("/dev/fd/%d", file.Fd()), 100)
		must(t, err)
		if string(content) != "handed" {
			t.Fatalf("%q", content)
		}
	}
	if _, err := ReadMounted("/dev/fd/999", 100); err == nil {
		t.Fatal("read")
	}
}
