package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/attestation"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/lease"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/promotion"
)

func init() {
	const moving = "--tags 'TAG ...' --before 'TAG=DIGEST ...' --lease-namespace NAMESPACE --api FOLDER [--server URL] [--result FILE] [--digest-result FILE] IMAGE:TAG"
	commands["promote"] = command{"--environment NAME --contract VERSION --family JSON [--pin DIGEST] " + moving, promote}
	commands["publish"] = command{moving, publish}
	commands["history"] = command{"[--result FILE] REPOSITORY", history}
}

const apiServer = "https://kubernetes.default.svc"

type movingFlags struct{ tags, before, namespace, api, server, digestResult *string }

func (o *options) moving() movingFlags {
	o.required = append(o.required, "tags", "lease-namespace", "api")
	return movingFlags{
		tags:         o.String("tags", "", ""),
		before:       o.String("before", "", ""),
		namespace:    o.String("lease-namespace", "", ""),
		api:          o.String("api", "", ""),
		server:       o.String("server", apiServer, ""),
		digestResult: o.String("digest-result", "", ""),
	}
}

// promote moves public tags to an image that passed its contract, or to what it is pinned to.
func promote(c call) error {
	options := newOptions()
	flags, moving, pin := options.statement(), options.moving(), options.String("pin", "", "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	wish, err := moving.wish(c, options)
	if err != nil {
		return err
	}
	if *pin != "" {
		if _, err := images.ParseDigest(*pin); err != nil {
			return err
		}
	}
	wish.Pin = *pin
	wish.Attested = &attestation.Statement{Environment: *flags.environment, Contract: *flags.contract, Family: *flags.family}
	return move(c, options, moving, wish)
}

// publish moves public tags to an image that has no contract to pass.
func publish(c call) error {
	options := newOptions()
	moving := options.moving()
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	wish, err := moving.wish(c, options)
	if err != nil {
		return err
	}
	return move(c, options, moving, wish)
}

func (m movingFlags) wish(c call, o *options) (promotion.Wish, error) {
	reference, err := images.Parse(c.settings, o.Arg(0))
	if err != nil {
		return promotion.Wish{}, err
	}
	image, ok := reference.(name.Tag)
	if !ok {
		return promotion.Wish{}, fmt.Errorf("'%s' is no image by tag: expected is the tag that is its address, which the registry is asked for", o.Arg(0))
	}
	wish := promotion.Wish{Image: image, Before: map[string]string{}}
	for _, each := range strings.Fields(*m.tags) {
		tag, err := images.TagIn(image.Context(), each)
		if err != nil {
			return promotion.Wish{}, err
		}
		wish.Tags = append(wish.Tags, tag)
	}
	for _, each := range strings.Fields(*m.before) {
		tag, digest, ok := strings.Cut(each, "=")
		if digest != "" && ok {
			_, err = images.ParseDigest(digest)
		}
		if !ok || err != nil {
			return promotion.Wish{}, fmt.Errorf("--before has '%s'; expected is <tag>=<digest>, or <tag>= for none", each)
		}
		wish.Before[tag] = digest
	}
	return wish, nil
}

// move moves tags, and tells which.
func move(c call, o *options, m movingFlags, wish promotion.Wish) error {
	registry, err := open(c)
	if err != nil {
		return err
	}
	plan, moved, err := moveHeld(c, registry, leaseFlags{m.namespace, m.api, m.server}, wish)
	if err != nil {
		return err
	}
	if *m.digestResult != "" {
		if err := files.Write(*m.digestResult, []byte(plan.Digest)); err != nil {
			return err
		}
	}
	return o.answer(c, strings.Join(moved, " "))
}

// leaseFlags say where leases are.
type leaseFlags struct{ namespace, api, server *string }

// hold waits for the lease of a repository: who has it is the only one to move its tags, or to remove of it.
func (l leaseFlags) hold(c call, repository name.Repository) (*lease.Held, error) {
	cluster := lease.Cluster{Server: *l.server, Folder: *l.api, Namespace: *l.namespace}
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	// A container that starts again has the same name.
	holder := host + "_" + rand.Text()[:8]
	return cluster.Acquire(c.ctx, lease.Name(repository.Name()), holder, lease.Usual, c.stderr)
}

// whyEnded has an error say why the lease was lost, where that is what ended the work.
func whyEnded(held *lease.Held, err error) error {
	cause := context.Cause(held.Context)
	if err == nil || cause == nil || errors.Is(err, cause) {
		return err
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// moveHeld holds the lease of the repository while it looks and moves.
func moveHeld(c call, registry *images.Registry, flags leaseFlags, wish promotion.Wish) (*promotion.Plan, []string, error) {
	held, err := flags.hold(c, wish.Image.Context())
	if err != nil {
		return nil, nil, fmt.Errorf("%w; no tag was moved", err)
	}
	defer held.Release()
	plan, err := promotion.Look(held.Context, registry, wish)
	if err != nil {
		return nil, nil, fmt.Errorf("%w; no tag was moved", whyEnded(held, err))
	}
	if wish.Pin != "" {
		fmt.Fprintf(c.stderr, "the image is pinned: %s is promoted, and not what %s is\n", wish.Pin, wish.Image)
	}
	moved, err := plan.Move(held.Context, registry, c.stderr)
	err = whyEnded(held, err)
	// What moved has moved, and is public, whether or not it is written down. A rollback lasts by that alone.
	failed := plan.Record(held.Context, registry, wish, moved, time.Now())
	switch {
	case failed != nil && wish.GoesBack() && err == nil:
		const undone = "%s is public, but the history of promotions lacks this one, so that the next order for what was before undoes it: %w; the same again adds it (csb rollback <image> --to %s)"
		err = fmt.Errorf(undone, plan.Digest, failed, plan.Digest)
	case failed != nil:
		fmt.Fprintf(c.stderr, "the history of promotions lacks this one: %s\n", failed)
	}
	return plan, moved, err
}

// history prints the moves of a repository's public tags, the earliest first: a line of JSON for each.
func history(c call) error {
	options := newOptions()
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	repository, err := images.ParseRepository(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	entries, err := promotion.History(c.ctx, registry, repository)
	if err != nil {
		return err
	}
	lines := []string{}
	for _, each := range entries {
		line, err := json.Marshal(each)
		if err != nil {
			return err
		}
		lines = append(lines, string(line))
	}
	return options.answer(c, strings.Join(lines, "\n"))
}
