package layers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/sync/errgroup"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layout"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

// Made is a layer of a written image.
type Made struct {
	*Layer
	Blob
	// Known says that a registry has the blob, which the layout lacks.
	Known bool
}

// Write makes a layout with the image of a divided tree. Layers that are known are not packed.
func (d *Division) Write(ctx context.Context, tree *rootfs.Tree, known Known, folder, tag string) ([]Made, error) {
	making, err := layout.Begin(folder)
	if err != nil {
		return nil, err
	}
	made := make([]Made, len(d.Layers))
	lacking := []*Made{}
	for i, each := range d.Layers {
		blob, is := known[each.Key]
		made[i] = Made{Layer: each, Blob: blob, Known: is}
		if !is {
			lacking = append(lacking, &made[i])
		}
	}
	// The largest first: the last one to begin is then a short one.
	slices.SortStableFunc(lacking, func(a, b *Made) int { return cmp.Compare(b.content(), a.content()) })
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, each := range lacking {
		group.Go(func() error {
			return making.Add(each.Key, func(to io.Writer) (v1.Hash, error) {
				blob, err := pack(ctx, tree, each.Layer, to)
				each.Blob = blob
				return blob.Digest, err
			})
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	config, err := json.Marshal(configuration(made))
	if err != nil {
		return nil, err
	}
	layers := []v1.Descriptor{}
	for _, each := range made {
		layers = append(layers, v1.Descriptor{MediaType: types.OCILayer, Size: each.Blob.Size, Digest: each.Digest})
	}
	return made, making.Finish(tag, config, layers)
}

// content is how many bytes the files of a layer have.
func (l *Layer) content() int64 {
	var sum int64
	for _, each := range l.entries {
		sum += each.Size
	}
	return sum
}

// configuration says what the layers are, and nothing of how a container is started: that is for whoever has the layout next.
func configuration(made []Made) *v1.ConfigFile {
	created := v1.Time{Time: instant}
	config := &v1.ConfigFile{Architecture: "amd64", OS: "linux", Created: created, RootFS: v1.RootFS{Type: "layers"}}
	for _, each := range made {
		config.RootFS.DiffIDs = append(config.RootFS.DiffIDs, each.DiffID)
		// Without an entry for each layer, go-containerregistry 0.20.6 loses one in a rebase.
		config.History = append(config.History, v1.History{Created: created, CreatedBy: each.description(), Comment: each.Key})
	}
	return config
}

// longest is how much of the names of packages a history has.
const longest = 1000

func (l *Layer) description() string {
	text := l.Name + ":"
	for i, each := range l.Packages {
		if len(text)+len(each) > longest {
			return fmt.Sprintf("%s and %d more", text, len(l.Packages)-i)
		}
		text += " " + each
	}
	return strings.TrimSuffix(text, ":")
}
