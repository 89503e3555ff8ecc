// Package files opens what others may have written, and what Kubernetes mounts, without ever being led elsewhere by a link.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Open opens a regular file to which no link leads: none of the folders on the way is one, nor is the file. A pipe or device is refused,
// and so is a file of more than one name, which may be another's.
func Open(path string) (*os.File, error) {
	return open(path, unix.O_RDONLY)
}

// Read is the content of a file that Open would open, of at most limit bytes.
func Read(path string, limit int64) ([]byte, error) {
	file, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readAtMost(file, path, limit)
}

// Write replaces the content of a file, or makes it, under the rules of Open.
func Write(path string, content []byte) error {
	file, err := Create(path)
	if err != nil {
		return err
	}
	if _, err := file.Write(content); err != nil {
		file.Close()
		return reason(path, err)
	}
	return reason(path, file.Close())
}

// Create is a file for writing that was not there, or is emptied, under the rules of Open.
func Create(path string) (*os.File, error) {
	file, err := open(path, unix.O_WRONLY|unix.O_CREAT)
	if err != nil {
		return nil, err
	}
	if err := file.Truncate(0); err != nil {
		file.Close()
		return nil, reason(path, err)
	}
	return file, nil
}

// MakeFolder makes a folder, which must not be there yet; no link leads to it.
func MakeFolder(path string) error {
	path = filepath.Clean(path)
	above, err := openFolder(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer above.Close()
	if err := unix.Mkdirat(int(above.Fd()), filepath.Base(path), 0o755); err != nil {
		if errors.Is(err, unix.EEXIST) {
			return fmt.Errorf("%s is there already; expected is a folder that is yet to be made", path)
		}
		return reason(path, err)
	}
	return nil
}

var handed = regexp.MustCompile(`^/dev/fd/([0-9]{1,3})$`)

// ReadMounted is a file of a volume that Kubernetes mounts. Those are links, but only to files of the same volume: no other is followed.
// /dev/fd/<number> is a file that was opened before we were started, which may have no name any more.
func ReadMounted(path string, limit int64) ([]byte, error) {
	if match := handed.FindStringSubmatch(path); match != nil {
		return readHanded(match[1], path, limit)
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, reason(path, err)
	}
	defer root.Close()
	// Opening a pipe would wait for its other end.
	file, err := root.OpenFile(filepath.Base(path), os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return nil, reason(path, err)
	}
	defer file.Close()
	if err := mustBeRegular(file, path); err != nil {
		return nil, err
	}
	return readAtMost(file, path, limit)
}

// readHanded reads from the beginning, however far somebody else has read.
func readHanded(number, path string, limit int64) ([]byte, error) {
	descriptor, err := strconv.Atoi(number)
	if err != nil {
		return nil, reason(path, err)
	}
	var stat unix.Stat_t
	if err := unix.Fstat(descriptor, &stat); err != nil || stat.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, fmt.Errorf("%s is no file that was handed over", path)
	}
	if stat.Size > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", path, limit)
	}
	content := make([]byte, stat.Size)
	read, err := unix.Pread(descriptor, content, 0)
	if err != nil || int64(read) != stat.Size {
		return nil, fmt.Errorf("%s cannot be read", path)
	}
	return content, nil
}

// OnlyPlain refuses a tree that has anything but folders and regular files in it.
func OnlyPlain(folder string) error {
	opened, err := openFolder(filepath.Clean(folder))
	if err != nil {
		return err
	}
	opened.Close()
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return reason(path, err)
		}
		if entry.IsDir() || entry.Type().IsRegular() {
			return nil
		}
		return refusal(path, entry.Type())
	})
}

func open(path string, flags int) (*os.File, error) {
	path = filepath.Clean(path)
	folder, err := openFolder(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	name := filepath.Base(path)
	descriptor, err := unix.Openat(int(folder.Fd()), name, flags|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return nil, reason(path, err)
	}
	file := os.NewFile(uintptr(descriptor), path)
	if err := mustBeRegular(file, path); err != nil {
		file.Close()
		return nil, err
	}
	var stat unix.Stat_t
	if err := unix.Fstat(descriptor, &stat); err != nil || stat.Nlink > 1 {
		file.Close()
		return nil, fmt.Errorf("%s has more than one name, or none; it is not read and not written: only a file of its own is expected there", path)
	}
	return file, nil
}

func openFolder(path string) (*os.File, error) {
	start := "."
	if filepath.IsAbs(path) {
		start = "/"
	}
	// Folders on the way need not be readable.
	const flags = unix.O_PATH | unix.O_DIRECTORY | unix.O_NOFOLLOW | unix.O_CLOEXEC
	descriptor, err := unix.Open(start, flags, 0)
	if err != nil {
		return nil, reason(path, err)
	}
	for _, part := range strings.Split(path, "/") {
		if part == "" || part == "." {
			continue
		}
		next, err := unix.Openat(descriptor, part, flags, 0)
		unix.Close(descriptor)
		if err != nil {
			return nil, reason(path, err)
		}
		descriptor = next
	}
	return os.NewFile(uintptr(descriptor), path), nil
}

func mustBeRegular(file *os.File, path string) error {
	info, err := file.Stat()
	if err != nil {
		return reason(path, err)
	}
	if !info.Mode().IsRegular() {
		return refusal(path, info.Mode().Type())
	}
	return nil
}

func readAtMost(file *os.File, path string, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, reason(path, err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("%s is larger than %d bytes", path, limit)
	}
	return content, nil
}

func refusal(path string, kind fs.FileMode) error {
	what := "no regular file"
	if kind&fs.ModeSymlink != 0 {
		what = "a link"
	} else if kind.IsDir() {
		what = "a folder"
	}
	return fmt.Errorf("%s is %s; expected a regular file, so nothing was read or sent", path, what)
}

// reason says in words what a system call refused, with the whole path.
func reason(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.ELOOP), errors.Is(err, unix.ENOTDIR):
		return fmt.Errorf("%s is a link, or a link leads to it; links are not followed, so nothing was read or sent", path)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not there", path)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be opened by this user", path)
	}
	var inner *fs.PathError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}
