package main

import (
	"fmt"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/attestation"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

func init() {
	const statement = "--environment NAME --contract VERSION --family JSON"
	commands["attestation"] = command{statement + " [--result FILE] IMAGE@DIGEST", findAttestation}
	commands["attest"] = command{statement + " --report FILE --items COUNT [--canary IMAGE@DIGEST] [--result FILE] IMAGE@DIGEST", attest}
	commands["report"] = command{"--environment NAME [--result FILE] IMAGE", report}
}

// largest is the most that a report may have.
const largest = 32 << 20

type statementFlags struct{ environment, contract, family *string }

func (o *options) statement() statementFlags {
	o.required = append(o.required, "environment", "contract", "family")
	return statementFlags{o.String("environment", "", ""), o.String("contract", "", ""), o.String("family", "", "")}
}

func (s statementFlags) of(image name.Digest) attestation.Statement {
	return attestation.Statement{Environment: *s.environment, Image: image.String(), Contract: *s.contract, Family: *s.family}
}

// pinned is the first argument: an image by digest.
func pinned(c call, o *options) (name.Digest, error) {
	reference, err := images.Parse(c.settings, o.Arg(0))
	if err != nil {
		return name.Digest{}, err
	}
	digest, ok := reference.(name.Digest)
	if !ok {
		return name.Digest{}, fmt.Errorf("'%s' is no image by digest: expected <registry>/<repository>@sha256:<64 hex characters>", o.Arg(0))
	}
	return digest, nil
}

// findAttestation prints the digest of the attestation that says all this of the image, or nothing.
func findAttestation(c call) error {
	options := newOptions()
	flags := options.statement()
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	image, err := pinned(c, options)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	found, err := attestation.Find(c.ctx, registry, image, *flags.environment)
	if err != nil {
		return err
	}
	if found == nil {
		return options.answer(c, "")
	}
	if difference := found.Differs(flags.of(image)); difference != "" {
		fmt.Fprintln(c.stderr, difference)
		return options.answer(c, "")
	}
	return options.answer(c, found.Digest)
}

// attest puts the report of a contract that an image passed beside the image, and prints the digest of the attestation.
func attest(c call) error {
	options := newOptions("report", "items")
	flags, file, items := options.statement(), options.String("report", "", ""), options.Int("items", 0, "")
	canary := options.String("canary", "", "")
	if err := options.parse(c.args, 1); err != nil {
		return err
	}
	image, err := pinned(c, options)
	if err != nil {
		return err
	}
	text, err := files.Read(*file, largest)
	if err != nil {
		return err
	}
	statement := flags.of(image)
	statement.Canary = *canary
	accepted, err := attestation.Accept(text, statement, *items)
	if err != nil {
		return err
	}
	made, err := attestation.Image(text, accepted, statement)
	if err != nil {
		return err
	}
	reference, err := attestation.Tag(image, *flags.environment)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	pushed, err := registry.Push(c.ctx, reference, made)
	if err != nil {
		return err
	}
	return options.answer(c, pushed)
}

// report prints the report that is attested for an image.
func report(c call) error {
	options := newOptions("environment")
	environment := options.String("environment", "", "")
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
	digest, err := registry.Digest(c.ctx, reference)
	if err != nil {
		return err
	}
	if digest == "" {
		return fmt.Errorf("%s is not in the registry", reference)
	}
	found, err := attestation.Find(c.ctx, registry, reference.Context().Digest(digest), *environment)
	if err != nil {
		return err
	}
	if found == nil {
		return fmt.Errorf("%s is %s, which has no attestation of the environment '%s'", reference, digest, *environment)
	}
	text, err := found.ReadReport()
	if err != nil {
		return err
	}
	return options.answer(c, string(text))
}
