package main

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layers"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/layout"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/lender"
)

var commands = map[string]command{}

func init() {
	maps.Copy(commands, map[string]command{
		"digest": {"[--result FILE] REFERENCE", digest},
		"before": {"[--result FILE] REPOSITORY TAG...", before},
		"push":   {"--layout FOLDER --tag TAG [--lender REPOSITORY [--report FILE]] [--result FILE] REFERENCE", push},
		"pull":   {"--layout FOLDER --tag TAG [--bare] | --layers FOLDER [--result FILE] REFERENCE", pull},
		"config": {"--layout FOLDER --tag TAG | REFERENCE [--result FILE]", config},
		"copy":   {"[--result FILE] FROM TO", copyImage},
	})
}

// open reads credentials, at last, and is the way to the registry.
func open(c call) (*images.Registry, error) {
	way, err := c.settings.Open()
	if err != nil {
		return nil, err
	}
	return images.With(way), nil
}

// digest prints the digest of a reference, or nothing when the registry has no such thing.
func digest(c call) error {
	options := newOptions()
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	reference, err := images.Parse(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	found, err := registry.Digest(c.ctx, reference)
	if err != nil {
		return err
	}
	return options.answer(c, found)
}

// before prints a word for each tag: the tag, =, and the digest that it has now, or nothing.
func before(c call) error {
	options := newOptions()
	if err := options.parse(c.args, -1); err != nil {
		return err
	}
	if options.NArg() < 2 {
		return &misuse{fmt.Errorf("a repository and at least one tag are expected")}
	}
	repository, err := images.ParseRepository(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	tags := []name.Tag{}
	for _, each := range options.Args()[1:] {
		tag, err := images.TagIn(repository, each)
		if err != nil {
			return err
		}
		tags = append(tags, tag)
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	words := []string{}
	for _, each := range tags {
		found, err := registry.Digest(c.ctx, each)
		if err != nil {
			return err
		}
		words = append(words, each.TagStr()+"="+found)
	}
	return options.answer(c, strings.Join(words, " "))
}

// push puts the image of a layout under a reference that the registry does not have yet, and prints the digest that it has then. Layers that the
// layout lacks come from the lender; those of a report that are new, the lender keeps.
func push(c call) error {
	options := newOptions("layout", "tag")
	folder, tag := options.String("layout", "", ""), options.String("tag", "", "")
	from, reported := options.String("lender", "", ""), options.String("report", "", "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	if *reported != "" && *from == "" {
		return &misuse{errors.New("--report is of layers that a lender keeps; --lender is missing")}
	}
	reference, err := images.Parse(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	lending, report := name.Repository{}, &layers.Report{}
	if *from != "" {
		if lending, err = images.ParseRepository(c.settings, *from); err != nil {
			return err
		}
	}
	// Before any credential is opened.
	if *reported != "" {
		if report, err = readJSON(*reported, layers.ParseReport); err != nil {
			return err
		}
	}
	image, err := layout.Read(*folder, *tag)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	// Another run may have made the same meanwhile, and what has an address is written once.
	found, err := registry.Digest(c.ctx, reference)
	if err != nil {
		return err
	}
	if found != "" {
		fmt.Fprintf(c.stderr, "%s is in the registry already\n", reference)
		return options.answer(c, found)
	}
	lenders := []name.Repository{}
	if *from != "" {
		lenders = append(lenders, lending)
		if image, err = lender.Borrow(c.ctx, registry, lending, *folder, image); err != nil {
			return err
		}
	}
	pushed, err := registry.Push(c.ctx, reference, image, lenders...)
	if err != nil {
		return err
	}
	// The image is there: what is not kept for others, the next one of them packs itself.
	if err := lender.Keep(c.ctx, registry, lending, reference.Context(), report); err != nil {
		fmt.Fprintf(c.stderr, "its layers are not kept for other images: %s\n", err)
	}
	return options.answer(c, pushed)
}

// pull writes the image of a reference as a new layout, or its layers as files in a new folder, 1.tar.gz and so on, and prints its digest in
// the registry.
func pull(c call) error {
	options := newOptions()
	folder, tag, layers := options.String("layout", "", ""), options.String("tag", "", ""), options.String("layers", "", "")
	bare := options.Bool("bare", false, "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	if (*folder == "") != (*tag == "") || (*folder == "") == (*layers == "") || *bare && *folder == "" {
		return &misuse{errors.New("either --layout and --tag are expected, with or without --bare, or --layers")}
	}
	reference, err := images.Parse(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	image, err := registry.Pull(c.ctx, reference)
	if err != nil {
		return err
	}
	if *layers == "" {
		err = layout.Write(*folder, *tag, image, *bare)
	} else {
		err = layout.WriteLayers(*layers, image)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", reference, err)
	}
	pulled, err := image.Digest()
	if err != nil {
		return err
	}
	return options.answer(c, pulled.String())
}

// config prints the configuration of a layout's image, for which it asks no registry, or of a reference.
func config(c call) error {
	options := newOptions()
	folder, tag := options.String("layout", "", ""), options.String("tag", "", "")
	if err := options.parse(c.args, -1); err != nil {
		return err
	}
	if (*folder == "") != (*tag == "") || options.NArg() > 1 || (options.NArg() == 1) == (*folder != "") {
		return &misuse{errors.New("either --layout and --tag are expected, or a reference")}
	}
	image, err := configured(c, *folder, *tag, options.Arg(0))
	if err != nil {
		return err
	}
	text, err := image.RawConfigFile()
	if err != nil {
		return err
	}
	return options.answer(c, string(text))
}

func configured(c call, folder, tag, text string) (v1.Image, error) {
	if text == "" {
		return layout.Read(folder, tag)
	}
	reference, err := images.Parse(c.settings, text)
	if err != nil {
		return nil, err
	}
	registry, err := open(c)
	if err != nil {
		return nil, err
	}
	return registry.Pull(c.ctx, reference)
}

// copyImage makes a reference name what another one does, and prints the digest.
func copyImage(c call) error {
	options := newOptions()
	if err := options.parse(c.args, 2); err != nil {
		return err
	}
	from, err := images.Parse(c.settings, options.Arg(0))
	if err != nil {
		return err
	}
	to, err := images.Parse(c.settings, options.Arg(1))
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	copied, err := registry.Copy(c.ctx, from, to)
	if err != nil {
		return err
	}
	return options.answer(c, copied)
}
