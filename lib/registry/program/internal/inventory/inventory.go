// Package inventory says what repositories have, and removes of it what is asked for.
package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"
	"golang.org/x/sync/errgroup"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// atOnce is how many manifests are asked for at a time.
const atOnce = 8

// Image is a manifest with the tags that name it.
type Image struct {
	Digest string   `json:"digest"`
	Tags   []string `json:"tags"`
	// Blobs are the bytes of its configuration and its layers, by digest.
	Blobs map[string]int64 `json:"blobs"`
}

// manifest is what of one is looked at, whichever its type.
type manifest struct {
	Config blob   `json:"config"`
	Layers []blob `json:"layers"`
}
type blob struct {
	Digest string `json:"digest"`
	Size   int64  `json:"size"`
}

// Of a repository are all manifests that have a tag, in the order of the first of these. A tag that goes meanwhile is left out.
func Of(ctx context.Context, registry *images.Registry, repository name.Repository) ([]Image, error) {
	tags, err := registry.Tags(ctx, repository)
	if err != nil {
		return nil, err
	}
	found, mutex := map[string]*Image{}, sync.Mutex{}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for _, each := range tags {
		group.Go(func() error {
			described, err := registry.Get(ctx, repository.Tag(each))
			if err != nil || described == nil {
				return err
			}
			var read manifest
			if err := json.Unmarshal(described.Manifest, &read); err != nil {
				return fmt.Errorf("%s:%s is no manifest: %w", repository, each, err)
			}
			mutex.Lock()
			defer mutex.Unlock()
			digest := described.Digest.String()
			if found[digest] == nil {
				found[digest] = &Image{Digest: digest, Blobs: read.sizes()}
			}
			found[digest].Tags = append(found[digest].Tags, each)
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	all := []Image{}
	for _, each := range found {
		slices.Sort(each.Tags)
		all = append(all, *each)
	}
	slices.SortFunc(all, func(a, b Image) int { return slices.Compare(a.Tags, b.Tags) })
	return all, nil
}

func (m manifest) sizes() map[string]int64 {
	sizes := map[string]int64{}
	for _, each := range append(m.Layers, m.Config) {
		if each.Digest != "" {
			sizes[each.Digest] = each.Size
		}
	}
	return sizes
}

// made are tags that are written once, and move to nothing else: addresses, what was public, attestations.
var made = regexp.MustCompile(`^(c|was|sha256)-`)

// Removal is a manifest that is to go, with all tags that it is known by.
type Removal struct {
	Digest string   `json:"digest"`
	Tags   []string `json:"tags"`
}

// Outcome is what became of it.
type Outcome struct {
	Repository string `json:"repository"`
	Digest     string `json:"digest"`
	Removed    bool   `json:"removed"`
	// Because is why it was left.
	Because string `json:"because,omitempty"`
}

// Remove removes manifests of a repository that have the tags that whoever decided has seen, and no other: one that got a tag since is somebody's
// again. What is gone already counts as removed.
func Remove(ctx context.Context, registry *images.Registry, repository name.Repository, removals []Removal) ([]Outcome, error) {
	now, err := Of(ctx, registry, repository)
	if err != nil {
		return nil, err
	}
	tagged := map[string][]string{}
	for _, each := range now {
		tagged[each.Digest] = each.Tags
	}
	public := []string{}
	for _, each := range now {
		public = append(public, slices.DeleteFunc(slices.Clone(each.Tags), made.MatchString)...)
	}
	outcomes := make([]Outcome, len(removals))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, each := range removals {
		seen := slices.Sorted(slices.Values(each.Tags))
		outcomes[i] = Outcome{Repository: repository.Name(), Digest: each.Digest}
		if more := slices.DeleteFunc(slices.Clone(tagged[each.Digest]), func(tag string) bool { return slices.Contains(seen, tag) }); len(more) > 0 {
			outcomes[i].Because = fmt.Sprintf("it has the tag %s now", more[0])
			continue
		}
		group.Go(func() error {
			// Somebody may go back to it in these very seconds (csb rollback).
			for _, tag := range public {
				current, err := registry.Digest(ctx, repository.Tag(tag))
				if err != nil {
					return err
				}
				if current == each.Digest && !slices.Contains(seen, tag) {
					outcomes[i].Because = fmt.Sprintf("it has the tag %s now", tag)
					return nil
				}
			}
			if err := registry.Delete(ctx, repository.Digest(each.Digest)); err != nil {
				return err
			}
			outcomes[i].Removed = true
			return nil
		})
	}
	return outcomes, group.Wait()
}
