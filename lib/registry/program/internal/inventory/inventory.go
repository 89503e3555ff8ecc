// Package inventory says what repositories have, and removes of it what is asked for.
package inventory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
// again, and so is its attestation. What is gone already counts as removed. Nobody may move tags meanwhile.
func Remove(ctx context.Context, registry *images.Registry, repository name.Repository, removals []Removal) ([]Outcome, error) {
	now, err := Of(ctx, registry, repository)
	if err != nil {
		return nil, err
	}
	tagged := map[string][]string{}
	for _, each := range now {
		tagged[each.Digest] = each.Tags
	}
	outcomes := make([]Outcome, len(removals))
	left := map[string]string{}
	for i, each := range removals {
		outcomes[i] = Outcome{Repository: repository.Name(), Digest: each.Digest}
		for _, tag := range tagged[each.Digest] {
			if !slices.Contains(each.Tags, tag) {
				outcomes[i].Because = fmt.Sprintf("it has the tag %s now", tag)
				left[each.Digest] = tag
			}
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i, each := range removals {
		for _, tag := range each.Tags {
			if of, attests := attested(tag); attests && left[of] != "" {
				outcomes[i].Because = fmt.Sprintf("it attests what has the tag %s now", left[of])
			}
		}
		if outcomes[i].Because != "" {
			continue
		}
		group.Go(func() error {
			if err := registry.Delete(ctx, repository.Digest(each.Digest)); err != nil {
				return err
			}
			outcomes[i].Removed = true
			return nil
		})
	}
	return outcomes, group.Wait()
}

// attested is the digest that a tag is the attestation of.
func attested(tag string) (digest string, attests bool) {
	hex, _, attests := strings.Cut(strings.TrimPrefix(tag, "sha256-"), ".contract-")
	return "sha256:" + hex, attests
}
