// Package lender keeps layers as images of one layer each, by their address, in a repository from which other images have them by a mount.
package lender

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"golang.org/x/sync/errgroup"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layout"
)

// atOnce is how many layers are asked for at a time.
const atOnce = 8

// tagOf is where a layer of an address is kept.
func tagOf(repository name.Repository, address string) name.Tag {
	return repository.Tag("c-" + address)
}

// Known are those layers of a plan that the repository keeps, by their keys. An address says of which packages a layer is, its key what is in
// it: whether a tree has the same in it, only the tree says. What is kept and cannot be used is as if it were not, which `said` is told.
func Known(ctx context.Context, registry *images.Registry, repository name.Repository, plan *layers.Plan, said io.Writer) (layers.Known, error) {
	known, mutex := layers.Known{}, sync.Mutex{}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, address := range plan.Addresses() {
		group.Go(func() error {
			tag := tagOf(repository, address)
			key, blob, err := kept(ctx, registry, tag)
			mutex.Lock()
			defer mutex.Unlock()
			var unusable *unusable
			if errors.As(err, &unusable) {
				fmt.Fprintf(said, "%s is not used: %s\n", tag, unusable)
				return nil
			}
			if err == nil && key != "" {
				known[key] = blob
			}
			return err
		})
	}
	return known, group.Wait()
}

// unusable is what is under an address and is no layer that an image could have.
type unusable struct{ why string }

func (u *unusable) Error() string { return u.why }

// kept is the layer of a tag with its key, or an empty key where there is none.
func kept(ctx context.Context, registry *images.Registry, tag name.Tag) (string, layers.Blob, error) {
	image, err := registry.Find(ctx, tag)
	if err != nil || image == nil {
		return "", layers.Blob{}, err
	}
	manifest, err := image.Manifest()
	if err != nil {
		return "", layers.Blob{}, &unusable{err.Error()}
	}
	config, err := image.ConfigFile()
	if err != nil {
		return "", layers.Blob{}, &unusable{err.Error()}
	}
	if len(manifest.Layers) != 1 || len(config.History) != 1 || len(config.RootFS.DiffIDs) != 1 || !layers.IsKey(config.History[0].Comment) {
		return "", layers.Blob{}, &unusable{fmt.Sprintf("it has %d layers; expected is one, with its key in its history", len(manifest.Layers))}
	}
	described := manifest.Layers[0]
	isThere, err := registry.Has(ctx, tag.Context(), described.Digest)
	if err != nil {
		return "", layers.Blob{}, err
	}
	if !isThere {
		return "", layers.Blob{}, &unusable{fmt.Sprintf("the registry has lost its layer %s", described.Digest)}
	}
	blob := layers.Blob{Digest: described.Digest, DiffID: config.RootFS.DiffIDs[0], Size: described.Size}
	return config.History[0].Comment, blob, nil
}

// Borrow is the image of a layout, with those layers that the layout lacks from a repository.
func Borrow(ctx context.Context, registry *images.Registry, repository name.Repository, folder string, image v1.Image) (v1.Image, error) {
	lacking, err := layout.Lacking(folder, image)
	if err != nil || len(lacking) == 0 {
		return image, err
	}
	lent := map[v1.Hash]v1.Layer{}
	for _, each := range lacking {
		if lent[each.Digest], err = registry.Lent(ctx, repository, each, v1.Hash{}); err != nil {
			return nil, err
		}
	}
	return borrowed{image, lent}, nil
}

type borrowed struct {
	v1.Image
	lent map[v1.Hash]v1.Layer
}

func (b borrowed) Layers() ([]v1.Layer, error) {
	all, err := b.Image.Layers()
	if err != nil {
		return nil, err
	}
	for i, each := range all {
		digest, err := each.Digest()
		if err != nil {
			return nil, err
		}
		if other, is := b.lent[digest]; is {
			all[i] = other
		}
	}
	return all, nil
}

// Keep puts the layers of a report that are new into the repository, from the image that was pushed before. Under an address the last one stays:
// what was there was of no use to whoever has made a new one.
func Keep(ctx context.Context, registry *images.Registry, repository, pushed name.Repository, report *layers.Report) error {
	for _, each := range report.Layers {
		if each.Known || each.Address == "" {
			continue
		}
		layer, err := registry.Lent(ctx, pushed, v1.Descriptor{Digest: each.Digest, Size: each.Size}, each.DiffID)
		if err != nil {
			return err
		}
		history := v1.History{CreatedBy: each.Name, Comment: each.Key}
		image, err := mutate.Append(empty.Image, mutate.Addendum{Layer: layer, History: history})
		if err != nil {
			return err
		}
		if _, err := registry.Push(ctx, tagOf(repository, each.Address), image, pushed); err != nil {
			return err
		}
	}
	return nil
}
