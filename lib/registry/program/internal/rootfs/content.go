package rootfs

import (
	"context"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Content is what a file has in it.
func (t *Tree) Content(entry *Entry) io.Reader {
	return io.NewSectionReader(t.file, entry.offset, entry.Size)
}

// Lines are those of a small file of text; a path that is no file has none.
func (t *Tree) Lines(name string, limit int64) ([]string, error) {
	entry := t.Entries[name]
	if entry == nil || entry.Kind != File {
		return nil, nil
	}
	if entry.Size > limit {
		return nil, fmt.Errorf("/%s has %d bytes, expected are at most %d", name, entry.Size, limit)
	}
	text, err := io.ReadAll(t.Content(entry))
	if err != nil {
		return nil, fmt.Errorf("/%s: %w", name, err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n"), nil
}

// hash fills in the checksums of all files: SHA-256 to know a content by, MD5 because dpkg notes it.
func (t *Tree) hash(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	files := make(chan *Entry)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			buffer := make([]byte, 1<<18)
			for entry := range files {
				if err := t.hashOne(entry, buffer); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		defer close(files)
		for _, name := range slices.Sorted(maps.Keys(t.Entries)) {
			if t.Entries[name].Kind != File {
				continue
			}
			select {
			case files <- t.Entries[name]:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	return group.Wait()
}

func (t *Tree) hashOne(entry *Entry, buffer []byte) error {
	strong, weak := sha256.New(), md5.New()
	size, err := io.CopyBuffer(io.MultiWriter(strong, weak), struct{ io.Reader }{t.Content(entry)}, buffer)
	if err != nil {
		return fmt.Errorf("%s: /%s: %w", t.file.Name(), entry.Path, err)
	}
	if size != entry.Size {
		return fmt.Errorf("%s: /%s has %d bytes of %d; the tar ends early", t.file.Name(), entry.Path, size, entry.Size)
	}
	entry.SHA256, entry.MD5 = hex.EncodeToString(strong.Sum(nil)), hex.EncodeToString(weak.Sum(nil))
	return nil
}
