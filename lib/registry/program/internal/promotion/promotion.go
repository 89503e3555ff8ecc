// Package promotion moves public tags: all is looked at first, then what was public gets a name that stays, then the tags move.
package promotion

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/attestation"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// Wish is what is to be public.
type Wish struct {
	// Image is the immutable tag of what was made; its repository is that of the tags.
	Image name.Tag
	// Tags are the public ones, in the order in which they move: those of the declaration.
	Tags []name.Tag
	// Before has the digest that each tag had when the run began, empty for none. Other tags in it mean nothing.
	Before map[string]string
	// Pin is the digest that the declarations pin the image to; empty for none.
	Pin string
	// Attested is what the attestation has to say, but for the image; nil for what has no contract to pass.
	Attested *attestation.Statement
}

// GoesBack tells that what was public is to be so again, by the name under which it was kept: a rollback of what has no contract.
func (w Wish) GoesBack() bool {
	return slices.ContainsFunc(w.Tags, func(tag name.Tag) bool { return strings.HasPrefix(w.Image.TagStr(), keptPrefix(tag)) })
}

// move is a tag on its way.
type move struct {
	tag  name.Tag
	old  string
	kept name.Tag
	// isKept tells that `kept` is there already.
	isKept bool
}

// Plan is what Look found to be right.
type Plan struct {
	Digest  string
	target  name.Digest
	already []name.Tag
	// taken are the tags from which a rollback has taken the digest back.
	taken []name.Tag
	moves []move
}

// IsTakenBack tells that a rollback has taken the digest from a tag, which therefore stays where it is.
func (p *Plan) IsTakenBack() bool { return len(p.taken) > 0 }

// Look asks for everything that a promotion needs, and moves nothing. Its error names all that is in the way.
func Look(ctx context.Context, registry *images.Registry, wish Wish) (*Plan, error) {
	target, err := targetOf(ctx, registry, wish)
	if err != nil {
		return nil, err
	}
	plan := &Plan{Digest: target.DigestStr(), target: target}
	problems := []string{}
	problem, err := attested(ctx, registry, wish, target)
	if err != nil {
		return nil, err
	}
	if problem != "" {
		problems = append(problems, problem)
	}
	for _, tag := range wish.Tags {
		now, err := registry.Digest(ctx, tag)
		if err != nil {
			return nil, err
		}
		if now == plan.Digest {
			plan.already = append(plan.already, tag)
			continue
		}
		isTaken, err := takenBack(ctx, registry, wish, tag, plan.Digest)
		if err != nil {
			return nil, err
		}
		if isTaken {
			plan.taken = append(plan.taken, tag)
			continue
		}
		found, more, err := lookAt(ctx, registry, wish, plan.Digest, tag, now)
		if err != nil {
			return nil, err
		}
		plan.moves = append(plan.moves, found)
		problems = append(problems, more...)
	}
	if len(problems) > 0 {
		return nil, errors.New(strings.Join(problems, "; "))
	}
	return plan, nil
}

// targetOf is the digest to promote: what the registry has under the image's own tag, or what it is pinned to.
func targetOf(ctx context.Context, registry *images.Registry, wish Wish) (name.Digest, error) {
	repository := wish.Image.Context()
	var reference name.Reference = wish.Image
	if wish.Pin != "" {
		reference = repository.Digest(wish.Pin)
	}
	digest, err := registry.Digest(ctx, reference)
	if err != nil {
		return name.Digest{}, err
	}
	if digest != "" {
		return repository.Digest(digest), nil
	}
	const gone = "%s is not in the registry (csb prune --previous removes what was public long ago); "
	switch {
	case wish.Pin != "":
		return name.Digest{}, fmt.Errorf(gone+"roll back to another (csb history), or correct or remove the pin that names it (stacks/pins)", reference)
	case wish.GoesBack():
		return name.Digest{}, fmt.Errorf(gone+"roll back to another (csb history)", reference)
	}
	return name.Digest{}, fmt.Errorf("%s is not in the registry; make it (csb rebuild)", reference)
}

func attested(ctx context.Context, registry *images.Registry, wish Wish, target name.Digest) (string, error) {
	if wish.Attested == nil {
		return "", nil
	}
	wanted := *wish.Attested
	wanted.Image = target.String()
	if wish.Pin != "" {
		// It passed the contract of its day.
		wanted.Contract, wanted.Family = "", ""
	}
	found, err := attestation.Find(ctx, registry, target, wanted.Environment)
	if err != nil {
		return "", err
	}
	if found == nil {
		return fmt.Sprintf("%s has no attestation that it passed its contract in the environment '%s'", target, wanted.Environment), nil
	}
	return found.Differs(wanted), nil
}

// lookAt is about one tag that names something else, or nothing, now.
func lookAt(ctx context.Context, registry *images.Registry, wish Wish, digest string, tag name.Tag, now string) (move, []string, error) {
	problems := []string{}
	before, noted := wish.Before[tag.TagStr()]
	switch {
	case !noted:
		problems = append(problems, fmt.Sprintf("nothing was noted of %s when this run began", tag))
	case now != before:
		problems = append(problems, fmt.Sprintf("%s was %s when this run began and is %s now: another run was quicker; when this one is wanted: csb retry", tag, orAbsent(before), orAbsent(now)))
	}
	// Of what has no contract the declaration names the content itself, a commit: going back to one is declared.
	if wish.Pin == "" && wish.Attested != nil {
		problem, err := publicBefore(ctx, registry, tag, digest, now)
		if err != nil {
			return move{}, nil, err
		}
		problems = append(problems, problem...)
	}
	if now == "" {
		return move{tag: tag}, problems, nil
	}
	kept, err := keptAs(tag, now)
	if err != nil {
		return move{}, nil, err
	}
	there, err := registry.Digest(ctx, kept)
	if err != nil {
		return move{}, nil, err
	}
	if there != "" && there != now {
		problems = append(problems, fmt.Sprintf("%s is to keep what %s is, %s, but names %s; remove it", kept, tag, now, there))
	}
	return move{tag: tag, old: now, kept: kept, isKept: there != ""}, problems, nil
}

func publicBefore(ctx context.Context, registry *images.Registry, tag name.Tag, digest, now string) ([]string, error) {
	kept, err := keptAs(tag, digest)
	if err != nil {
		return nil, err
	}
	there, err := registry.Digest(ctx, kept)
	if err != nil {
		return nil, err
	}
	where := kept.String()
	if there != digest {
		// What was public long ago may have been removed (csb prune --previous), and made again.
		was, err := wasPublic(ctx, registry, tag, digest, now)
		if err != nil || !was {
			return nil, err
		}
		where = "its history of promotions"
	}
	return []string{fmt.Sprintf("%s was %s before (%s), and an old order never moves a tag back; when it is wanted again: csb rollback <image> --to %s (stacks/pins)", tag, digest, where, digest)}, nil
}

// keptAs is the name under which what a tag named stays.
func keptAs(tag name.Tag, digest string) (name.Tag, error) {
	hash, err := images.ParseDigest(digest)
	if err != nil {
		return name.Tag{}, err
	}
	return images.TagIn(tag.Context(), keptPrefix(tag)+hash.Hex[:12])
}

func keptPrefix(tag name.Tag) string { return "was-" + tag.TagStr() + "-" }

// Move does what Look found right, and returns the tags that moved, also when one of them fails. Its error says of each tag whether it moved.
func (p *Plan) Move(ctx context.Context, registry *images.Registry, log io.Writer) ([]string, error) {
	for _, each := range p.already {
		fmt.Fprintf(log, "%s is %s already\n", each, p.Digest)
	}
	for _, each := range p.taken {
		fmt.Fprintf(log, "%s stays as it is: a rollback has taken back %s; when that is wanted again: csb rollback <image> --to %s\n", each, p.Digest, p.Digest)
	}
	moved := []string{}
	for _, each := range p.moves {
		if each.old == "" || each.isKept {
			continue
		}
		if _, err := registry.Copy(ctx, each.tag.Context().Digest(each.old), each.kept); err != nil {
			return moved, fmt.Errorf("%w; %s", err, p.account(ctx, registry))
		}
	}
	for _, each := range p.moves {
		if err := p.moveOne(ctx, registry, each); err != nil {
			return moved, fmt.Errorf("%w; %s", err, p.account(ctx, registry))
		}
		fmt.Fprintf(log, "%s is %s, was %s\n", each.tag, p.Digest, orAbsent(each.old))
		moved = append(moved, each.tag.TagStr())
	}
	return moved, nil
}

func (p *Plan) moveOne(ctx context.Context, registry *images.Registry, each move) error {
	// Who moves a tag by hand takes no lease.
	now, err := registry.Digest(ctx, each.tag)
	if err != nil {
		return err
	}
	if now != each.old {
		return fmt.Errorf("%s was %s and is %s now: somebody else moved it just now", each.tag, orAbsent(each.old), orAbsent(now))
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	_, err = registry.Copy(ctx, p.target, each.tag)
	return err
}

// account says of each tag what it is now, as the registry has it: of the one that failed, nobody else knows.
func (p *Plan) account(ctx context.Context, registry *images.Registry) string {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer stop()
	words := []string{}
	for _, each := range p.moves {
		now, err := registry.Digest(ctx, each.tag)
		switch {
		case err != nil:
			words = append(words, fmt.Sprintf("of %s nobody knows whether it moved, the registry does not say", each.tag.TagStr()))
		case now == p.Digest:
			words = append(words, fmt.Sprintf("%s moved to %s", each.tag.TagStr(), now))
		case now == each.old:
			words = append(words, fmt.Sprintf("%s did not move, it is %s", each.tag.TagStr(), orAbsent(now)))
		default:
			words = append(words, fmt.Sprintf("%s did not move, it is %s by somebody else", each.tag.TagStr(), orAbsent(now)))
		}
	}
	return strings.Join(words, "; ") + "; the same again completes it"
}

func orAbsent(digest string) string {
	if digest == "" {
		return "absent"
	}
	return digest
}
