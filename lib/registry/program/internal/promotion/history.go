package promotion

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// Entry is one move of a public tag.
type Entry struct {
	// At is when, by the clock of the node, to the second, in UTC.
	At  string `json:"at"`
	Tag string `json:"tag"`
	// Digest is what the tag names since, Was what it named before; empty for nothing.
	Digest string `json:"digest"`
	Was    string `json:"was,omitempty"`
	// Image is the immutable tag of what was promoted, `was-...` of what was rolled back; empty when the image was pinned to the digest.
	Image string `json:"image,omitempty"`
}

const (
	// historyTag is where the history of a repository stands in it. Distribution tells of no tag when it moved.
	historyTag = "promotions"
	// longestHistory is how many moves are kept, the last ones.
	longestHistory = 200
	largestHistory = 1 << 20
	linesOfJSON    = types.MediaType("application/jsonl")
)

// History has all moves of a repository's tags that are kept, the earliest first.
func History(ctx context.Context, registry *images.Registry, repository name.Repository) ([]Entry, error) {
	tag, err := images.TagIn(repository, historyTag)
	if err != nil {
		return nil, err
	}
	image, err := registry.Find(ctx, tag)
	if err != nil || image == nil {
		return nil, err
	}
	layers, err := image.Layers()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tag, err)
	}
	if len(layers) != 1 {
		return nil, &notHistory{fmt.Errorf("%s is no history of promotions: expected is one layer; remove it", tag)}
	}
	content, err := layers[0].Uncompressed()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", tag, err)
	}
	defer content.Close()
	entries, lines := []Entry{}, bufio.NewScanner(io.LimitReader(content, largestHistory))
	for lines.Scan() {
		var entry Entry
		if json.Unmarshal(lines.Bytes(), &entry) != nil {
			return nil, &notHistory{fmt.Errorf("%s is no history of promotions: '%s' is no line of it; remove it", tag, lines.Text())}
		}
		entries = append(entries, entry)
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return nil, &notHistory{fmt.Errorf("%s is no history of promotions: it has no lines; remove it", tag)}
	}
	return entries, lines.Err()
}

// wasPublic tells whether a digest was public by a tag. What was so last, of a tag that is not there any more, may be so again: the registry has lost
// it. A history that is none says nothing.
func wasPublic(ctx context.Context, registry *images.Registry, tag name.Tag, digest, now string) (bool, error) {
	entries, err := readable(History(ctx, registry, tag.Context()))
	if err != nil {
		return false, err
	}
	was, last := false, ""
	for _, each := range entries {
		if each.Tag == tag.TagStr() {
			was = was || each.Digest == digest || each.Was == digest
			last = each.Digest
		}
	}
	return was && (now != "" || last != digest), nil
}

// takenBack tells whether a digest is one that rollbacks have taken from a tag, after which nothing else was public by it. Of what has a contract, pins
// and wasPublic say so. A rollback names what it makes public by the tag that this was kept under.
func takenBack(ctx context.Context, registry *images.Registry, wish Wish, tag name.Tag, digest string) (bool, error) {
	if wish.Attested != nil || wish.Pin != "" || strings.HasPrefix(wish.Image.TagStr(), keptPrefix(tag)) {
		return false, nil
	}
	entries, err := readable(History(ctx, registry, tag.Context()))
	if err != nil {
		return false, err
	}
	for _, each := range slices.Backward(entries) {
		if each.Tag != tag.TagStr() {
			continue
		}
		if !strings.HasPrefix(each.Image, keptPrefix(tag)) {
			break
		}
		if each.Was == digest {
			return true, nil
		}
	}
	return false, nil
}

// notHistory is what stands where the history of a repository should.
type notHistory struct{ error }

// readable is a history, or none where something else stands in its place.
func readable(entries []Entry, err error) ([]Entry, error) {
	var none *notHistory
	if errors.As(err, &none) {
		return nil, nil
	}
	return entries, err
}

// Promoted are the digests that each tag of a repository was moved to, as far as its history has them, in the order in which it was last: what was
// public before anything was promoted here is not among them.
func Promoted(ctx context.Context, registry *images.Registry, repository name.Repository) (map[string][]string, error) {
	entries, err := readable(History(ctx, registry, repository))
	found := map[string][]string{}
	for _, each := range slices.Backward(entries) {
		if !slices.Contains(found[each.Tag], each.Digest) {
			found[each.Tag] = append(found[each.Tag], each.Digest)
		}
	}
	for _, digests := range found {
		slices.Reverse(digests)
	}
	return found, err
}

// Record adds moves to the history of a repository. Whoever moves its tags holds its lease, and so nobody else writes. A rollback that finds its tag
// there already adds the move that could not be noted then: by the history alone it lasts.
func (p *Plan) Record(ctx context.Context, registry *images.Registry, wish Wish, moved []string, at time.Time) error {
	if len(moved) == 0 && !wish.GoesBack() {
		return nil
	}
	repository := wish.Image.Context()
	entries, err := History(ctx, registry, repository)
	if err != nil {
		return err
	}
	image := wish.Image.TagStr()
	if wish.Pin != "" {
		image = ""
	}
	known := len(entries)
	note := func(tag, was string) {
		entries = append(entries, Entry{at.UTC().Format(time.RFC3339), tag, p.Digest, was, image})
	}
	for _, each := range p.moves {
		if slices.Contains(moved, each.tag.TagStr()) {
			note(each.tag.TagStr(), each.old)
		}
	}
	for _, tag := range p.already {
		if last := lastOf(entries, tag); wish.GoesBack() && last != p.Digest {
			note(tag.TagStr(), last)
		}
	}
	if len(entries) == known {
		return nil
	}
	made, err := historyImage(entries[max(0, len(entries)-longestHistory):])
	if err != nil {
		return err
	}
	tag, err := images.TagIn(repository, historyTag)
	if err != nil {
		return err
	}
	_, err = registry.Push(ctx, tag, made)
	return err
}

// lastOf is what a tag names by its last move.
func lastOf(entries []Entry, tag name.Tag) string {
	for _, each := range slices.Backward(entries) {
		if each.Tag == tag.TagStr() {
			return each.Digest
		}
	}
	return ""
}

func historyImage(entries []Entry) (v1.Image, error) {
	var text bytes.Buffer
	for _, each := range entries {
		line, err := json.Marshal(each)
		if err != nil {
			return nil, err
		}
		text.Write(append(line, '\n'))
	}
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	return mutate.AppendLayers(image, static.NewLayer(text.Bytes(), linesOfJSON))
}
