package main

import (
	"encoding/json"
	"fmt"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/rootfs"
)

func init() {
	commands["split"] = command{"--tree TAR --plan FILE [--known FILE] --layout FOLDER --tag TAG [--result FILE]", split}
}

// split makes an image of layers by package of a root filesystem, in a new layout, and prints a report. It asks no registry.
func split(c call) error {
	options := newOptions("tree", "plan", "layout", "tag")
	path, planned, known := options.String("tree", "", ""), options.String("plan", "", ""), options.String("known", "", "")
	folder, tag := options.String("layout", "", ""), options.String("tag", "", "")
	if err := options.parse(c.args, 0); err != nil {
		return err
	}
	plan, err := readJSON(*planned, layers.ParsePlan)
	if err != nil {
		return err
	}
	there := layers.Known{}
	if *known != "" {
		if there, err = readJSON(*known, layers.ParseKnown); err != nil {
			return err
		}
	}
	file, err := files.Open(*path)
	if err != nil {
		return err
	}
	defer file.Close()
	tree, err := rootfs.Read(c.ctx, file)
	if err != nil {
		return err
	}
	division, err := layers.Split(tree, plan)
	if err != nil {
		return fmt.Errorf("%s: %w", *path, err)
	}
	made, err := division.Write(c.ctx, tree, there, *folder, *tag)
	if err != nil {
		return err
	}
	text, err := json.Marshal(division.Report(made))
	if err != nil {
		return err
	}
	return options.answer(c, string(text))
}

func readJSON[T any](path string, parse func([]byte) (T, error)) (T, error) {
	text, err := files.Read(path, largest)
	if err != nil {
		var none T
		return none, err
	}
	parsed, err := parse(text)
	if err != nil {
		return parsed, fmt.Errorf("%s: %w", path, err)
	}
	return parsed, nil
}
