package main

import (
	"encoding/json"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
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

// Almost all memory of a fleet's work is garbage: texts that are read, computed with and written. It is collected when there is five times as much
// as is in use, and not twice, which takes a quarter of the processor's time; and oftener near the limit of the pods, 512 MiB.
const (
	garbagePercent = 400
	enoughMemory   = 384 << 20
)

func collectSeldom() {
	debug.SetGCPercent(garbagePercent)
	debug.SetMemoryLimit(enoughMemory)
}

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
	collectSeldom()
	rebasing, err := fleet.New(c.ctx, registry, pinned, *version)
	if err != nil {
		return err
	}
	lines, told := []string{}, newTally()
	rebasing.Rebase(c.ctx, targets, *workers, func(result fleet.Result) {
		line, _ := json.Marshal(result) // of texts alone
		lines = append(lines, string(line)+"\n")
		told.add(c, result)
	})
	if *report != "" {
		if err := files.Write(*report, []byte(strings.Join(lines, ""))); err != nil {
			return err
		}
	}
	return told.end(c, options, len(targets))
}

// tally is what became of images: how many of each kind, why the first of those failed that did, and whether one of them may pass.
type tally struct {
	counts  map[string]int
	first   string
	mayPass bool
}

func newTally(more ...string) *tally {
	counts := map[string]int{fleet.Rebased: 0, fleet.Found: 0, fleet.Refused: 0, fleet.Failed: 0}
	for _, each := range more {
		counts[each] = 0
	}
	return &tally{counts: counts}
}

func (t *tally) add(c call, result fleet.Result) {
	t.counts[result.Made]++
	if result.Made == fleet.Failed {
		t.mayPass = t.mayPass || result.MayPass
		if t.first == "" {
			t.first = result.Reason
		}
	}
	if result.Reason != "" {
		fmt.Fprintf(c.stderr, "%s: %s\n", result.Made, result.Reason)
	}
}

// end prints it as JSON. It is an error when one failed, and when not all had their turn.
func (t *tally) end(c call, o *options, all int) error {
	summary, _ := json.Marshal(t.counts)
	if err := o.answer(c, string(summary)); err != nil {
		return err
	}
	if c.ctx.Err() != nil {
		done := 0
		for _, each := range t.counts {
			done += each
		}
		return access.MayPass(fmt.Errorf("stopped after %d of %d images; the same again goes on", done, all))
	}
	if t.first != "" {
		err := fmt.Errorf("%d of %d images failed, to be tried again; the first: %s", t.counts[fleet.Failed], all, t.first)
		if t.mayPass {
			return access.MayPass(err)
		}
		return err
	}
	return nil
}

// targetOf reads what an image is made from, and the tag that it gets.
func targetOf(c call, from, to string) (fleet.Target, error) {
	source, err := images.Parse(c.settings, from)
	if err != nil {
		return fleet.Target{}, err
	}
	parsed, err := images.Parse(c.settings, to)
	if err != nil {
		return fleet.Target{}, err
	}
	tag, ok := parsed.(name.Tag)
	if !ok {
		return fleet.Target{}, fmt.Errorf("'%s' is no image by tag", to)
	}
	return fleet.Target{From: source, To: tag}, nil
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
		target, err := targetOf(c, words[0], words[1])
		if err != nil {
			return nil, wrong("%w", err)
		}
		from, to := target.From, target.To
		switch {
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
		targets = append(targets, target)
	}
	return targets, nil
}
