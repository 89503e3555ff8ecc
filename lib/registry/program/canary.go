package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/attestation"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/fleet"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

func init() {
	commands["canary"] = command{"--environment NAME --contract VERSION --family JSON --layers-of IMAGE@DIGEST --canary IMAGE:TAG --canary-contract VERSION --canary-family JSON [--wait SECONDS] [--result FILE] IMAGE@DIGEST", canary}
}

// betweenLooks is how often a canary that has not passed yet is looked at.
var betweenLooks = 3 * time.Second

// canary prints the digest of the canary of a rebased image, when nothing of the image is untried but that its layers and its run image meet:
// the same layers have passed the same contract on another run image, and the canary its own on the same run image, in the same environment.
// Otherwise it prints nothing, and says why. It waits for the canary, which is tried at the same time, but for nothing that is decided already.
func canary(c call) error {
	options := newOptions("layers-of", "canary", "canary-contract", "canary-family")
	flags, layersOf, tag := options.statement(), options.String("layers-of", "", ""), options.String("canary", "", "")
	contract, family := options.String("canary-contract", "", ""), options.String("canary-family", "", "")
	wait := options.Int("wait", 0, "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	image, err := pinned(c, options)
	if err != nil {
		return err
	}
	before, err := images.Parse(c.settings, *layersOf)
	if err != nil {
		return err
	}
	public, err := images.Parse(c.settings, *tag)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	passed := passing{c, registry, *flags.environment}
	candidate, err := passed.layers(flags, image, before)
	if err != nil {
		return passed.not(options, err)
	}
	said := attestation.Statement{Contract: *contract, Family: *family}
	for until := time.Now().Add(time.Duration(*wait) * time.Second); ; {
		found, err := passed.beside(candidate, public, said)
		if found != "" {
			return options.answer(c, found)
		}
		var missing *untried
		if !errors.As(err, &missing) || time.Now().After(until) {
			return passed.not(options, err)
		}
		select {
		case <-c.ctx.Done():
			return c.ctx.Err()
		case <-time.After(betweenLooks):
		}
	}
}

// untried is why everything has to be tried of an image; it is no failure.
type untried struct{ error }

func untriedFor(format string, values ...any) error { return &untried{fmt.Errorf(format, values...)} }

// passing asks a registry what passed in an environment.
type passing struct {
	c           call
	registry    *images.Registry
	environment string
}

// not ends without a canary, or with an error that is one.
func (p passing) not(o *options, err error) error {
	var reason *untried
	if !errors.As(err, &reason) {
		return err
	}
	fmt.Fprintln(p.c.stderr, reason)
	return o.answer(p.c, "")
}

// layers has the image, when another one that has its layers has passed.
func (p passing) layers(flags statementFlags, image name.Digest, before name.Reference) (*fleet.Standing, error) {
	candidate, err := p.stand(image)
	if err != nil {
		return nil, err
	}
	earlier, err := p.stand(before)
	if err != nil {
		return nil, err
	}
	if !candidate.Alike(earlier) {
		return nil, untriedFor("%s and %s have other layers above their run images", image, before)
	}
	_, err = p.attested(earlier.Image, attestation.Statement{Contract: *flags.contract, Family: *flags.family})
	return candidate, err
}

// beside is the digest of the canary, when it has passed on the run image of the candidate.
func (p passing) beside(candidate *fleet.Standing, public name.Reference, said attestation.Statement) (string, error) {
	canary, err := p.stand(public)
	if err != nil {
		return "", err
	}
	if !candidate.Beside(canary) {
		return "", untriedFor("the canary %s is not public on the run image of %s", public, candidate.Image)
	}
	found, err := p.attested(canary.Image, said)
	if err != nil {
		return "", err
	}
	if found.Canary() != "" {
		return "", untriedFor("%s has a canary itself, %s", canary.Image, found.Canary())
	}
	return canary.Image.String(), nil
}

func (p passing) stand(reference name.Reference) (*fleet.Standing, error) {
	standing, err := fleet.Stand(p.c.ctx, p.registry, reference)
	if err == nil && standing == nil {
		return nil, untriedFor("%s is not in the registry", reference)
	}
	return standing, err
}

func (p passing) attested(image name.Digest, said attestation.Statement) (*attestation.Found, error) {
	found, err := attestation.Find(p.c.ctx, p.registry, image, p.environment)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, untriedFor("%s has no attestation of the environment '%s'", image, p.environment)
	}
	said.Environment, said.Image = p.environment, image.String()
	if difference := found.Differs(said); difference != "" {
		return nil, untriedFor("%s", difference)
	}
	return found, nil
}
