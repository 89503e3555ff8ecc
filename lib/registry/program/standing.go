package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/fleet"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

func init() {
	commands["standing"] = command{"FILE", standing}
}

// standing tells of each line of a file, an image and a run image, a line of JSON: which digest the image has, and whether that stands on what the
// run image is now. One that the registry does not have has no digest.
func standing(c call) error {
	options := newOptions()
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	text, err := files.Read(options.Arg(0), largestFleet)
	if err != nil {
		return err
	}
	pairs := [][2]name.Reference{}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		words := strings.Fields(line)
		if len(words) != 2 {
			return fmt.Errorf("line %d of %s: '%s'; expected are two references, an image and a run image", i+1, options.Arg(0), line)
		}
		pair := [2]name.Reference{}
		for j, word := range words {
			if pair[j], err = images.Parse(c.settings, word); err != nil {
				return fmt.Errorf("line %d of %s: %w", i+1, options.Arg(0), err)
			}
		}
		pairs = append(pairs, pair)
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	answer, runImages := json.NewEncoder(c.stdout), map[string]*fleet.Standing{}
	for _, pair := range pairs {
		image, runImage := pair[0], pair[1].String()
		if _, asked := runImages[runImage]; !asked {
			if runImages[runImage], err = fleet.Stand(c.ctx, registry, pair[1]); err != nil {
				return err
			}
		}
		line := standingLine{Image: image.String()}
		found, err := fleet.Stand(c.ctx, registry, image)
		switch {
		case err != nil && fleet.MadeOf(err) == fleet.Refused:
			// It stands on nothing, and keeps nobody from knowing of the others.
			fmt.Fprintln(c.stderr, err)
			if line.Digest, err = registry.Digest(c.ctx, image); err != nil {
				return err
			}
		case err != nil:
			return err
		case found != nil:
			line.Digest, line.Stands = found.Image.DigestStr(), found.On(runImages[runImage])
		}
		if err := answer.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

type standingLine struct {
	Image  string `json:"image"`
	Digest string `json:"digest"`
	Stands bool   `json:"stands"`
}
