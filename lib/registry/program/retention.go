package main

import (
	"encoding/json"
	"fmt"
	"os"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/inventory"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/promotion"
)

func init() {
	commands["inventory"] = command{"REPOSITORY...", list}
	commands["remove"] = command{"--lease-namespace NAMESPACE --api FOLDER [--server URL] FILE", remove}
}

// list prints a line of JSON for each repository: what it has, and of each public tag which digests were promoted to it, the last one last.
func list(c call) error {
	options := newOptions()
	if err := options.parse(c.args, -1); err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	answer := json.NewEncoder(c.stdout)
	for _, each := range options.Args() {
		repository, err := images.ParseRepository(c.settings, each)
		if err != nil {
			return err
		}
		found, err := inventory.Of(c.ctx, registry, repository)
		if err != nil {
			return err
		}
		promoted, err := promotion.Promoted(c.ctx, registry, repository)
		if err != nil {
			return err
		}
		line := struct {
			Repository string              `json:"repository"`
			Images     []inventory.Image   `json:"images"`
			Promoted   map[string][]string `json:"promoted"`
		}{each, found, promoted}
		if err := answer.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

// remove removes what a file names, JSON of repositories to manifests with the tags that they are known by. It prints a line of JSON for each,
// repository by repository; after an error, those that were done before it. It holds the lease of a repository meanwhile: nobody makes public what goes.
func remove(c call) error {
	options := newOptions("lease-namespace", "api")
	flags := leaseFlags{options.String("lease-namespace", "", ""), options.String("api", "", ""), options.String("server", apiServer, "")}
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	text, err := os.ReadFile(options.Arg(0))
	if err != nil {
		return err
	}
	var wanted []struct {
		Repository string              `json:"repository"`
		Images     []inventory.Removal `json:"images"`
	}
	if err := json.Unmarshal(text, &wanted); err != nil {
		return fmt.Errorf("%s is no list of what is to be removed: %w", options.Arg(0), err)
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	answer := json.NewEncoder(c.stdout)
	for _, each := range wanted {
		repository, err := images.ParseRepository(c.settings, each.Repository)
		if err != nil {
			return err
		}
		for _, image := range each.Images {
			if _, err := images.ParseDigest(image.Digest); err != nil {
				return err
			}
		}
		held, err := flags.hold(c, repository)
		if err != nil {
			return fmt.Errorf("%w; of this repository nothing was removed", err)
		}
		outcomes, failed := inventory.Remove(held.Context, registry, repository, each.Images)
		held.Release()
		for _, outcome := range outcomes {
			if outcome.Removed || outcome.Because != "" {
				if err := answer.Encode(outcome); err != nil {
					return err
				}
			}
		}
		if failed != nil {
			return failed
		}
	}
	return nil
}
