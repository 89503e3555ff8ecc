package main

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
)

const (
	baseFamily = `{"kind":"base","language":{"python":"3.11"}}`
	webFamily  = `{"kind":"web","language":{"python":"3.11"}}`
)

// aviary is a registry with two images on a run image, both tried there, and both on another one.
type aviary struct {
	*fleetHouse
	before, image, canary string
	// More words.
	more []string
}

func newAviary(t *testing.T) *aviary {
	h, old, newer := twoRuns(t)
	h.write(h.app(old, unchanged, "python"), "base:c-1")
	h.write(h.app(old, unchanged, "python", "uwsgi"), "web:c-1")
	h.rebase(newer, h.fleet("HOST/base:c-1 HOST/base:c-1-r2", "HOST/web:c-1 HOST/web:c-1-r2")).mustSay(t, `{"failed":0,"found":0,"rebased":2,"refused":0}`)
	made := &aviary{fleetHouse: h}
	made.before, made.image, made.canary = made.at("base:c-1"), made.at("base:c-1-r2"), made.at("web:c-1-r2")
	made.attest(made.before, "base", baseFamily, nil)
	made.attest(made.canary, "web", webFamily, nil)
	made.call("copy", h.host()+"/web:c-1-r2", h.host()+"/web:latest")
	return made
}

// at is the digest of a tag.
func (a *aviary) at(tag string) string {
	digest := a.call("digest", a.host()+"/"+tag).stdout
	return a.host() + "/" + strings.Split(tag, ":")[0] + "@" + digest
}

func (a *aviary) attest(image, contract, family string, changes map[string]any, more ...string) outcome {
	a.t.Helper()
	content := map[string]any{"contract": contract, "family": json.RawMessage(family), "image": image}
	for key, value := range changes {
		content[key] = value
	}
	args := []string{"attest", "--environment", "tools", "--contract", contract, "--family", family, "--report", report1(a.t, image, content), "--items", "28"}
	return a.call(append(append(args, more...), image)...)
}

// ask asks for the canary of the image, with other flags in place of these.
func (a *aviary) ask(changes ...string) outcome {
	flags := map[string]string{
		"--environment": "tools", "--contract": "base", "--family": baseFamily, "--layers-of": a.before,
		"--canary": a.host() + "/web:latest", "--canary-contract": "web", "--canary-family": webFamily,
	}
	for i := 0; i < len(changes); i += 2 {
		flags[changes[i]] = changes[i+1]
	}
	args := []string{"canary"}
	for flag, value := range flags {
		args = append(args, flag, value)
	}
	return a.call(append(append(args, a.more...), a.image)...)
}

// mustSayWhy holds that there is no canary, for a reason with these words.
func (o outcome) mustSayWhy(t *testing.T, words string) {
	t.Helper()
	if o.code != 0 || o.stdout != "" || !strings.Contains(o.stderr, words) {
		t.Fatalf("%+v, expected nothing and %q", o, words)
	}
}

func TestACanaryStandsForAnImageOfWhichOnlyTheMeetingIsUntried(t *testing.T) {
	a := newAviary(t)
	a.ask().mustSay(t, a.canary)
}

func TestEverythingIsTriedWhereSomethingElseIsUntried(t *testing.T) {
	a := newAviary(t)
	a.ask("--environment", "toolsbeta").mustSayWhy(t, "has no attestation of the environment 'toolsbeta'")
	a.ask("--contract", "another").mustSayWhy(t, "expected 'another'")
	a.ask("--family", webFamily).mustSayWhy(t, "family")
	a.ask("--canary-contract", "another").mustSayWhy(t, "expected 'another'")
	a.ask("--canary", a.host()+"/none:latest").mustSayWhy(t, "is not in the registry")
	a.ask("--layers-of", a.canary).mustSayWhy(t, "have other layers above their run images")
	// The canary as it was: on the old run image.
	a.call("copy", a.host()+"/web:c-1", a.host()+"/web:old")
	a.ask("--canary", a.host()+"/web:old").mustSayWhy(t, "is not public on the run image of")
	a.ask("--layers-of", a.host()+"/base:none").mustSayWhy(t, "is not in the registry")
	// Whatever stands in the place of the canary, or of its attestation, is nothing against the image.
	a.call("copy", a.host()+"/web:c-1-r2", a.host()+"/odd:latest")
	odd := strings.Replace(strings.Split(a.at("odd:latest"), "@")[1], ":", "-", 1) + ".contract-tools"
	a.write(a.run("debian", "glibc"), "odd:"+odd)
	a.ask("--canary", a.host()+"/odd:latest").mustSayWhy(t, "odd")
	// An image of which nobody knows what is a run image's.
	a.write(a.run("debian", "glibc"), "plain:latest")
	a.ask("--canary", a.host()+"/plain:latest").mustSayWhy(t, "is not public on the run image of")
}

func TestTheLayersMayHavePassedOnAnyRunImage(t *testing.T) {
	a := newAviary(t)
	third := a.write(a.run("debian", "glibc", "zlib", "openssl 3"), "platform/run:third")
	a.rebase(third, a.fleet("HOST/base:c-1 HOST/base:c-1-r3", "HOST/web:c-1 HOST/web:c-1-r3")).mustSay(t, `{"failed":0,"found":0,"rebased":2,"refused":0}`)
	// Under a newer contract nobody has tried what was built, but what was public last.
	a.attest(a.image, "newer", baseFamily, nil)
	a.call("copy", a.host()+"/web:c-1-r3", a.host()+"/web:latest")
	a.attest(a.at("web:c-1-r3"), "web", webFamily, nil)
	earlier := a.image
	a.image = a.at("base:c-1-r3")
	a.ask("--contract", "newer").mustSayWhy(t, "expected 'newer'")
	a.more = []string{"--layers-of", earlier}
	a.ask("--contract", "newer").mustSay(t, a.at("web:c-1-r3"))
	// But not where what was built has passed none.
	a.write(a.app(a.run("debian", "glibc", "other"), unchanged, "python"), "base:c-2")
	a.before = a.at("base:c-2")
	a.ask("--contract", "newer").mustSayWhy(t, "has no attestation of the environment 'tools'")
}

func TestACanaryIsNoneByAnotherOne(t *testing.T) {
	a := newAviary(t)
	left := map[string]any{"passed": 5, "notApplicable": 3, "byCanary": 20, "canary": a.before}
	if got := a.attest(a.canary, "web", webFamily, left, "--canary", a.before); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	a.ask().mustSayWhy(t, "has a canary itself, "+a.before)
}

func TestAnAttestationNamesItsCanary(t *testing.T) {
	a := newAviary(t)
	left := func(changes ...any) map[string]any {
		made := map[string]any{"passed": 5, "notApplicable": 3, "byCanary": 20, "canary": a.canary}
		for i := 0; i < len(changes); i += 2 {
			made[changes[i].(string)] = changes[i+1]
		}
		return made
	}
	named := []string{"--canary", a.canary}
	a.attest(a.image, "base", baseFamily, left()).mustRefuse(t, "the report is of the canary", "expected ''")
	a.attest(a.image, "base", baseFamily, left("canary", a.before), named...).mustRefuse(t, "the report is of the canary")
	a.attest(a.image, "base", baseFamily, left("canary", "")).mustRefuse(t, "names none")
	a.attest(a.image, "base", baseFamily, left("passed", 0, "byCanary", 25), named...).mustRefuse(t, "nothing was tried")
	a.attest(a.image, "base", baseFamily, left("byCanary", 19), named...).mustRefuse(t, "of 27 items")
	if got := a.attest(a.image, "base", baseFamily, left(), named...); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	digest := strings.SplitN(a.image, "@", 2)[1]
	said := a.call("config", a.host()+"/base:"+strings.Replace(digest, ":", "-", 1)+".contract-tools").stdout
	for _, each := range []string{`"org.toolforge.image-contract.canary":` + strconv.Quote(a.canary), `"org.toolforge.image-contract.by-canary":"20"`} {
		if !strings.Contains(said, each) {
			t.Errorf("%s is not in %s", each, said)
		}
	}
}
