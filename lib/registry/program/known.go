package main

import (
	"encoding/json"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/lender"
)

func init() {
	commands["known"] = command{"--plan FILE [--result FILE] REPOSITORY", known}
}

// known prints which layers of an image's plan a repository keeps, as `split` reads it.
func known(c call) error {
	options := newOptions("plan")
	planned := options.String("plan", "", "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	plan, err := readJSON(*planned, layers.ParsePlan)
	if err != nil {
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
	found, err := lender.Known(c.ctx, registry, repository, plan, c.stderr)
	if err != nil {
		return err
	}
	text, err := json.Marshal(found)
	if err != nil {
		return err
	}
	return options.answer(c, string(text))
}
