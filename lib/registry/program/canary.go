package main

import (
	"errors"
	"fmt"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/attestation"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/fleet"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

func init() {
	commands["canary"] = command{"--environment NAME --contract VERSION --family JSON --layers-of IMAGE@DIGEST... --canary IMAGE:TAG --canary-contract VERSION --canary-family JSON [--result FILE] IMAGE@DIGEST", canary}
}

type canaryFlags struct {
	statementFlags
	layersOf              []string
	canary                *string
	canaryContract, other *string
}

// canary prints the digest of the canary of a rebased image, when nothing of the image is untried but that its layers and its run image meet:
// the same layers have passed the same contract on another run image, and the canary its own on the same run image, in the same environment.
// Otherwise it prints nothing, and says why.
func canary(c call) error {
	options := newOptions("canary", "canary-contract", "canary-family")
	flags := canaryFlags{statementFlags: options.statement()}
	options.Func("layers-of", "", func(text string) error {
		flags.layersOf = append(flags.layersOf, text)
		return nil
	})
	flags.canary = options.String("canary", "", "")
	flags.canaryContract, flags.other = options.String("canary-contract", "", ""), options.String("canary-family", "", "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	image, err := pinned(c, options)
	if err != nil {
		return err
	}
	before := []name.Reference{}
	for _, each := range flags.layersOf {
		reference, err := images.Parse(c.settings, each)
		if err != nil {
			return err
		}
		before = append(before, reference)
	}
	public, err := images.Parse(c.settings, *flags.canary)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	found, err := (passing{c, registry, *flags.environment}).canary(flags, image, before, public)
	var reason *untried
	if errors.As(err, &reason) {
		fmt.Fprintln(c.stderr, reason)
		return options.answer(c, "")
	}
	if err != nil {
		return err
	}
	return options.answer(c, found)
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

// canary is the digest of the canary, or why there is none.
func (p passing) canary(flags canaryFlags, image name.Digest, before []name.Reference, public name.Reference) (string, error) {
	candidate, err := p.stand(image)
	if err != nil {
		return "", err
	}
	if err := p.havePassed(candidate, before, attestation.Statement{Contract: *flags.contract, Family: *flags.family}); err != nil {
		return "", err
	}
	said := attestation.Statement{Contract: *flags.canaryContract, Family: *flags.other}
	found, err := p.beside(candidate, public, said)
	if err != nil && p.c.ctx.Err() == nil {
		// Whatever is wrong with the canary is nothing against the image: that is tried itself then.
		return "", untriedFor("%w", err)
	}
	return found, err
}

// havePassed holds that one of these images has the layers of the candidate, and has passed. The first, of which the candidate was made, has to have passed
// whichever contract: what failed as it was built is not made good by older layers that happen to be the same.
func (p passing) havePassed(candidate *fleet.Standing, before []name.Reference, said attestation.Statement) error {
	reasons := []error{}
	for i, each := range before {
		earlier, err := p.stand(each)
		if err == nil && !candidate.Alike(earlier) {
			err = fmt.Errorf("%s and %s have other layers above their run images", candidate.Image, each)
		}
		if err == nil && i == 0 {
			if _, err := p.attested(earlier.Image, attestation.Statement{Family: said.Family}); err != nil {
				return untriedFor("%w", err)
			}
		}
		if err == nil {
			_, err = p.attested(earlier.Image, said)
		}
		if err == nil || p.c.ctx.Err() != nil {
			return err
		}
		reasons = append(reasons, err)
	}
	return untriedFor("%w", errors.Join(reasons...))
}

// beside is the digest of the canary, when it has passed on the run image of the candidate.
func (p passing) beside(candidate *fleet.Standing, public name.Reference, said attestation.Statement) (string, error) {
	canary, err := p.stand(public)
	if err != nil {
		return "", err
	}
	if !candidate.Beside(canary) {
		return "", fmt.Errorf("the canary %s is not public on the run image of %s", public, candidate.Image)
	}
	found, err := p.attested(canary.Image, said)
	if err != nil {
		return "", err
	}
	if found.Canary() != "" {
		return "", fmt.Errorf("%s has a canary itself, %s", canary.Image, found.Canary())
	}
	return canary.Image.String(), nil
}

func (p passing) stand(reference name.Reference) (*fleet.Standing, error) {
	standing, err := fleet.Stand(p.c.ctx, p.registry, reference)
	if err == nil && standing == nil {
		return nil, fmt.Errorf("%s is not in the registry", reference)
	}
	return standing, err
}

func (p passing) attested(image name.Digest, said attestation.Statement) (*attestation.Found, error) {
	found, err := attestation.Find(p.c.ctx, p.registry, image, p.environment)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, fmt.Errorf("%s has no attestation of the environment '%s'", image, p.environment)
	}
	said.Environment, said.Image = p.environment, image.String()
	if difference := found.Differs(said); difference != "" {
		return nil, errors.New(difference)
	}
	return found, nil
}
