package layers

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/klauspost/compress/gzip"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// level is gzip's. Of three layers with 240 MB, 6 makes 85.5 MB in 3.8 s of a core, 8 makes 82.6 in 10.3; Go's own compressor makes 82.3 in
// 12.7 at 6. The compressor comes with go.mod, so that another version of Go makes no other bytes.
const level = 8

// instant is the time of everything in an image, as SOURCE_DATE_EPOCH of the steps that make trees.
var instant = time.Unix(315532801, 0).UTC()

var typeflags = map[rootfs.Kind]byte{
	rootfs.Folder:    tar.TypeDir,
	rootfs.File:      tar.TypeReg,
	rootfs.Link:      tar.TypeSymlink,
	rootfs.Character: tar.TypeChar,
	rootfs.Block:     tar.TypeBlock,
	rootfs.Pipe:      tar.TypeFifo,
}

// pack writes a layer as a compressed tar, and says what became of it.
func pack(ctx context.Context, tree *rootfs.Tree, layer *Layer, to io.Writer) (Blob, error) {
	compressed, plain := &counter{hash: sha256.New()}, &counter{hash: sha256.New()}
	buffered := bufio.NewWriterSize(io.MultiWriter(to, compressed), 1<<18)
	compressor, err := gzip.NewWriterLevel(buffered, level)
	if err != nil {
		return Blob{}, err
	}
	archive := tar.NewWriter(io.MultiWriter(compressor, plain))
	buffer := make([]byte, 1<<18)
	for _, each := range layer.entries {
		if err := ctx.Err(); err != nil {
			return Blob{}, err
		}
		if err := archive.WriteHeader(headerOf(each)); err != nil {
			return Blob{}, fmt.Errorf("/%s: %w", each.Path, err)
		}
		if each.Kind != rootfs.File || each.sameAs != "" {
			continue
		}
		// Whoever made the tree may write it still. The key says what was read first, and other images believe it.
		sum := sha256.New()
		content := io.TeeReader(tree.Content(each.Entry), sum)
		if _, err := io.CopyBuffer(struct{ io.Writer }{archive}, struct{ io.Reader }{content}, buffer); err != nil {
			return Blob{}, fmt.Errorf("/%s: %w", each.Path, err)
		}
		if hex.EncodeToString(sum.Sum(nil)) != each.SHA256 {
			return Blob{}, fmt.Errorf("/%s was changed while the tree was divided; expected is that nothing writes it any more", each.Path)
		}
	}
	for _, finish := range []func() error{archive.Close, compressor.Close, buffered.Flush} {
		if err := finish(); err != nil {
			return Blob{}, err
		}
	}
	return Blob{Digest: compressed.digest(), DiffID: plain.digest(), Size: compressed.size}, nil
}

func headerOf(each item) *tar.Header {
	header := &tar.Header{
		Typeflag: typeflags[each.Kind],
		Name:     each.Path,
		Linkname: each.Target,
		Size:     each.Size,
		Mode:     each.Mode,
		Uid:      each.UID,
		Gid:      each.GID,
		ModTime:  instant,
		Devmajor: each.Major,
		Devminor: each.Minor,
	}
	if each.Kind == rootfs.Folder {
		header.Name += "/"
	}
	if each.sameAs != "" {
		header.Typeflag, header.Linkname, header.Size = tar.TypeLink, each.sameAs, 0
	}
	if len(each.Xattrs) > 0 {
		header.PAXRecords = map[string]string{}
		for name, value := range each.Xattrs {
			header.PAXRecords[rootfs.XattrPrefix+name] = value
		}
	}
	return header
}

// counter is the digest and size of what is written to it.
type counter struct {
	hash hash.Hash
	size int64
}

func (c *counter) Write(text []byte) (int, error) {
	c.size += int64(len(text))
	return c.hash.Write(text)
}

func (c *counter) digest() v1.Hash {
	return v1.Hash{Algorithm: "sha256", Hex: hex.EncodeToString(c.hash.Sum(nil))}
}
