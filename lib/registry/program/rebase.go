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
	commands["rebase"] = command{"--run-image IMAGE@DIGEST --fleet FILE [--platform-api VERSION] [--workers COUNT] [--report FILE] [--result FILE]", rebase}
}

// Bounds of what is read, and of what a registry is asked at a time.
const (
	largestFleet = 16 << 20
	mostWorkers  = 64
)

// rebase puts the images of a fleet on a run image: a file with a line for each, what it is made from and what it is called there. It prints how
// many were rebased, found, refused and failed, as JSON; the report has a line of JSON for each. It fails when one failed: to be tried again.
func rebase(c call) error {
	options := newOptions("run-image", "fleet")
	runImage, list := options.String("run-image", "", ""), options.String("fleet", "", "")
	version, workers := options.String("platform-api", "0.15", ""), options.Int("workers", 16, "")
	report := options.String("report", "", "")
	if err := options.parse(c.args, 0); err != nil {
		return err
	}
	if *workers < 1 || *workers > mostWorkers {
		return &misuse{fmt.Errorf("--workers is %d; expected is 1 to %d", *workers, mostWorkers)}
	}
	reference, err := images.Parse(c.settings, *runImage)
	if err != nil {
		return err
	}
	pinned, ok := reference.(name.Digest)
	if !ok {
		return fmt.Errorf("'%s' is no image by digest: expected <registry>/<repository>@sha256:<64 hex characters>", *runImage)
	}
	targets, err := readFleet(c, *list, pinned)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	rebasing, err := fleet.New(c.ctx, registry, pinned, *version)
	if err != nil {
		return err
	}
	counts := map[string]int{fleet.Rebased: 0, fleet.Found: 0, fleet.Refused: 0, fleet.Failed: 0}
	lines, first := []string{}, ""
	rebasing.Rebase(c.ctx, targets, *workers, func(result fleet.Result) {
		counts[result.Made]++
		line, _ := json.Marshal(result) // of texts alone
		lines = append(lines, string(line)+"\n")
		if result.Made == fleet.Failed && first == "" {
			first = result.Reason
		}
		if result.Reason != "" {
			fmt.Fprintf(c.stderr, "%s: %s\n", result.Made, result.Reason)
		}
	})
	if *report != "" {
		if err := files.Write(*report, []byte(strings.Join(lines, ""))); err != nil {
			return err
		}
	}
	summary, _ := json.Marshal(counts)
	if err := options.answer(c, string(summary)); err != nil {
		return err
	}
	if c.ctx.Err() != nil {
		return fmt.Errorf("stopped after %d of %d images; the same again goes on", len(lines), len(targets))
	}
	if first != "" {
		return fmt.Errorf("%d of %d images failed, to be tried again; the first: %s", counts[fleet.Failed], len(targets), first)
	}
	return nil
}

// readFleet has all lines looked at before any credential is opened.
func readFleet(c call, file string, runImage name.Digest) ([]fleet.Target, error) {
	text, err := files.Read(file, largestFleet)
	if err != nil {
		return nil, err
	}
	targets, seen := []fleet.Target{}, map[string]bool{}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		wrong := func(format string, values ...any) error {
			return fmt.Errorf("line %d of %s: %w", i+1, file, fmt.Errorf(format, values...))
		}
		words := strings.Fields(line)
		if len(words) != 2 {
			return nil, wrong("'%s'; expected are two references, from and to", line)
		}
		from, err := images.Parse(c.settings, words[0])
		if err != nil {
			return nil, wrong("%w", err)
		}
		parsed, err := images.Parse(c.settings, words[1])
		if err != nil {
			return nil, wrong("%w", err)
		}
		to, ok := parsed.(name.Tag)
		switch {
		case !ok:
			return nil, wrong("'%s' is no image by tag", words[1])
		case from.Context().String() != to.Context().String():
			return nil, wrong("%s and %s are of two repositories", from, to)
		case to.RegistryStr() != runImage.RegistryStr():
			return nil, wrong("%s is not in the registry of the run image, %s", to, runImage.RegistryStr())
		case from.String() == to.String():
			return nil, wrong("%s would be rebased onto itself; a rebased image has a tag of its own", to)
		case seen[to.String()]:
			return nil, wrong("%s is there twice", to)
		}
		seen[to.String()] = true
		targets = append(targets, fleet.Target{From: from, To: to})
	}
	return targets, nil
}
