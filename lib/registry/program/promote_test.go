package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/static"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

const family = `{"kind":"web","language":{"python":"3.11"}}`

var statement = []string{"--environment", "tools", "--contract", "c1", "--family", family}

// house is a registry and a cluster.
type house struct {
	*backend
	cluster *cluster
}

func newHouse(t *testing.T, before func(http.ResponseWriter, *http.Request) bool) *house {
	return &house{registry(t, before), kubernetes(t)}
}

func (h *house) image() string { return h.host() + "/cloud/image" }

// report is the file of a report about an image.
func report1(t *testing.T, image string, changes map[string]any) string {
	t.Helper()
	content := map[string]any{"contract": "c1", "image": image, "family": json.RawMessage(family), "passed": 20, "failed": 0, "notApplicable": 8, "items": []string{}}
	for key, value := range changes {
		content[key] = value
	}
	text, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "report.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func (h *house) attest(t *testing.T, digest string, said []string, changes map[string]any) outcome {
	t.Helper()
	image := h.image() + "@" + digest
	args := append([]string{"attest", "--report", report1(t, image, changes), "--items", "28"}, said...)
	return h.call(append(args, image)...)
}

// tried is the digest of an image under a tag that passed its contract.
func (h *house) tried(t *testing.T, tag string) string {
	t.Helper()
	digest := h.push(t, "cloud/image:"+tag)
	if got := h.attest(t, digest, statement, nil); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	return digest
}

func (h *house) moving(before string, more ...string) []string {
	moving := []string{"--tags", "testing latest", "--before", before, "--lease-namespace", "builds", "--api", h.cluster.folder, "--server", h.cluster.URL}
	return append(append(append([]string{"promote"}, statement...), moving...), more...)
}

// promote is a run from its beginning: what is public is noted, then the image is promoted.
func (h *house) promote(t *testing.T, tag string, more ...string) outcome {
	t.Helper()
	noted := h.call("before", h.image(), "testing", "latest")
	return h.call(h.moving(noted.stdout, append(more, h.image()+":"+tag)...)...)
}

func (h *house) tags(t *testing.T, tags ...string) string {
	t.Helper()
	return h.call(append([]string{"before", h.image()}, tags...)...).stdout
}

func TestAttestationSaysWhatAndWhere(t *testing.T) {
	h := newHouse(t, nil)
	digest := h.push(t, "cloud/image:x")
	image := h.image() + "@" + digest
	ask := func(said ...string) outcome {
		return h.call(append(append([]string{"attestation"}, said...), image)...)
	}
	ask(statement...).mustSay(t, "")
	made := h.attest(t, digest, statement, nil)
	ask(statement...).mustSay(t, made.stdout)
	if again := h.attest(t, digest, statement, nil); again.stdout != made.stdout {
		t.Fatal("the same report has two digests")
	}
	if got := h.call("report", "--environment", "tools", h.image()+":x"); !strings.Contains(got.stdout, `"notApplicable":8`) {
		t.Fatalf("%+v", got)
	}
	// H3 of the review: one of another environment, contract or family says nothing here.
	for name, said := range map[string][]string{
		"environment": {"--environment", "toolsbeta", "--contract", "c1", "--family", family},
		"contract":    {"--environment", "tools", "--contract", "c2", "--family", family},
		"family":      {"--environment", "tools", "--contract", "c1", "--family", `{"kind":"base"}`},
	} {
		if got := ask(said...); got.code != 0 || got.stdout != "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestWhatDidNotPassIsNotAttested(t *testing.T) {
	h := newHouse(t, nil)
	digest := h.push(t, "cloud/image:x")
	for name, changes := range map[string]map[string]any{
		"1 items failed":  {"passed": 19, "failed": 1},
		"of 27 items":     {"passed": 19},
		"of the image":    {"image": h.image() + "@sha256:" + strings.Repeat("0", 64)},
		"of the contract": {"contract": "c0"},
		"of the family":   {"family": map[string]string{"kind": "base"}},
		"no report":       {"passed": nil},
	} {
		h.attest(t, digest, statement, changes).mustRefuse(t, name)
	}
	if wrote := h.wrote(); len(wrote) != 1 {
		t.Fatal(wrote)
	}
}

func TestPromotionKeepsWhatWasPublic(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.tried(t, "c-1"), h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-1").mustSay(t, "")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	kept := fmt.Sprintf("was-testing-%s was-latest-%s", one[7:19], one[7:19])
	want := fmt.Sprintf("testing=%s latest=%s was-testing-%s=%s was-latest-%s=%s", two, two, one[7:19], one, one[7:19], one)
	if got := h.tags(t, append([]string{"testing", "latest"}, strings.Fields(kept)...)...); got != want {
		t.Fatalf("%s, expected %s", got, want)
	}
	if h.cluster.lease == "" || strings.Contains(h.cluster.lease, "holderIdentity") {
		t.Fatalf("the lease was not given back: %s", h.cluster.lease)
	}
}

// H2: a recreated run, an old checkout, destroy and up.
func TestAnOldOrderMovesNoTagBack(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.tried(t, "c-1"), h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	h.promote(t, "c-1").mustRefuse(t, "was "+one+" before", "csb rollback <image> --to "+one, "no tag was moved")
	if got := h.tags(t, "latest"); got != "latest="+two {
		t.Fatal(got)
	}
	// Unless the declarations say so; and then nothing else is promoted.
	h.promote(t, "c-2", "--pin", one).mustSay(t, "testing latest")
	h.promote(t, "c-2", "--pin", one).mustSay(t, "")
	if got := h.tags(t, "latest"); got != "latest="+one {
		t.Fatal(got)
	}
}

func TestWhatWasPublicIsKnownWhenNothingOfItIsLeft(t *testing.T) {
	h := newHouse(t, nil)
	one := h.tried(t, "c-1")
	two := h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	// As csb prune --previous does, and a run of old that makes and tries it again.
	h.remove(t, "was-testing-"+one[7:19], "was-latest-"+one[7:19])
	h.promote(t, "c-1").mustRefuse(t, "was "+one+" before (its history of promotions)", "no tag was moved")
	if got := h.tags(t, "latest"); got != "latest="+two {
		t.Fatal(got)
	}
}

func TestWhatIsPublicLastMayBeSoAgain(t *testing.T) {
	h := newHouse(t, nil)
	h.tried(t, "c-1")
	two := h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	// The registry has lost both tags, and a run has made the image again.
	h.remove(t, "testing", "latest")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	if got := h.tags(t, "latest"); got != "latest="+two {
		t.Fatal(got)
	}
	// But not where somebody has moved the tag by hand since.
	h.call("copy", h.image()+":c-1", h.image()+":latest")
	h.promote(t, "c-2").mustRefuse(t, "latest was "+two+" before (its history of promotions)", "no tag was moved")
	// What stands in place of the history, and is none, is in nobody's way.
	h.remove(t, "testing", "latest")
	h.push(t, "cloud/image:other")
	h.call("copy", h.image()+":other", h.image()+":promotions")
	h.promote(t, "c-2").mustSay(t, "testing latest")
}

func TestWhatWasPromotedLastIsLast(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.tried(t, "c-1"), h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	h.promote(t, "c-2", "--pin", one).mustSay(t, "testing latest")
	said := h.call("inventory", h.image()).stdout
	if want := fmt.Sprintf(`"promoted":{"latest":["%s","%s"],"testing":["%s","%s"]}`, two, one, two, one); !strings.Contains(said, want) {
		t.Fatalf("%s, expected %s", said, want)
	}
}

func (h *house) remove(t *testing.T, tags ...string) {
	t.Helper()
	for _, tag := range tags {
		reference, err := name.NewTag(h.image()+":"+tag, name.Insecure)
		if err != nil {
			t.Fatal(err)
		}
		if err := remote.Delete(reference); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPinIsToWhatIsThereAndPassed(t *testing.T) {
	h := newHouse(t, nil)
	h.tried(t, "c-1")
	untried := h.push(t, "cloud/image:c-2")
	none := "sha256:" + strings.Repeat("0", 64)
	h.promote(t, "c-1", "--pin", none).mustRefuse(t, h.image()+"@"+none+" is not in the registry (csb prune --previous removes what was public long ago)", "roll back to another (csb history), or correct or remove the pin", "no tag was moved")
	h.promote(t, "c-1", "--pin", untried).mustRefuse(t, "has no attestation", "no tag was moved")
	h.promote(t, "c-1", "--pin", "latest").mustRefuse(t, "'latest' is no digest")
	// One that passed the contract of its day may be pinned.
	older := h.push(t, "cloud/image:c-3")
	said := []string{"--environment", "tools", "--contract", "c0", "--family", family}
	if got := h.attest(t, older, said, map[string]any{"contract": "c0"}); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	h.promote(t, "c-3").mustRefuse(t, "contract 'c0', expected 'c1'", "no tag was moved")
	h.promote(t, "c-1", "--pin", older).mustSay(t, "testing latest")
}

func TestAllIsLookedAtBeforeATagMoves(t *testing.T) {
	h := newHouse(t, nil)
	one := h.tried(t, "c-1")
	h.push(t, "cloud/image:c-2")
	h.promote(t, "c-2").mustRefuse(t, "has no attestation that it passed its contract in the environment 'tools'", "no tag was moved")
	h.promote(t, "c-3").mustRefuse(t, "c-3 is not in the registry", "no tag was moved")
	elsewhere := append([]string{}, statement...)
	elsewhere[1] = "toolsbeta"
	moving := h.moving("testing= latest=", h.image()+":c-1")
	moving[2] = "toolsbeta"
	h.call(moving...).mustRefuse(t, "in the environment 'toolsbeta'", "no tag was moved")
	// M1: what tags are moved is for the declaration to say, and the rest of `before` means nothing.
	h.call(h.moving("testing= latest="+one, h.image()+":c-1")...).mustRefuse(t, "latest was "+one+" when this run began and is absent now", "another run was quicker", "no tag was moved")
	h.call(h.moving("testing=", h.image()+":c-1")...).mustRefuse(t, "nothing was noted of "+h.image()+":latest")
	h.call(h.moving("testing= latest= c-ffffffffffffffff= evil=", h.image()+":c-1")...).mustSay(t, "testing latest")
	if got := h.tags(t, "testing", "latest", "evil"); got != fmt.Sprintf("testing=%s latest=%s evil=", one, one) {
		t.Fatal(got)
	}
}

// M2: what failed between says which tag moved, and the same again completes it.
func TestHalfAPromotionSaysSo(t *testing.T) {
	broken := false
	h := newHouse(t, func(w http.ResponseWriter, r *http.Request) bool {
		if !broken || r.Method != http.MethodPut || r.URL.Path != manifestPath+"latest" {
			return false
		}
		w.WriteHeader(503)
		return true
	})
	one, two := h.tried(t, "c-1"), h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	broken = true
	got := h.promote(t, "c-2")
	if got.code != exitMayPass || strings.Contains(got.stderr, "no tag was moved") {
		t.Fatalf("%+v", got)
	}
	for _, each := range []string{"503", "testing moved to " + two, "latest did not move, it is " + one, "the same again completes it"} {
		if !strings.Contains(got.stderr, each) {
			t.Errorf("%q does not say %q", got.stderr, each)
		}
	}
	broken = false
	if moves := h.moves(t); !strings.HasSuffix(moves, fmt.Sprintf(`{"tag":"testing","digest":"%s","was":"%s","image":"c-2"}`, two, one)) {
		t.Error(moves)
	}
	h.promote(t, "c-2").mustSay(t, "latest")
}

func TestSomebodyElsesMoveIsNotOverwritten(t *testing.T) {
	var h *house
	var intruder string
	h = newHouse(t, func(w http.ResponseWriter, r *http.Request) bool {
		// After all was looked at, what was public is being kept: somebody moves latest by hand.
		if intruder == "" || r.Method != http.MethodPut || !strings.Contains(r.URL.Path, "/was-latest-") {
			return false
		}
		digest := intruder
		intruder = ""
		h.mutex.Unlock()
		h.call("copy", h.image()+"@"+digest, h.image()+":latest").mustSay(t, digest)
		h.mutex.Lock()
		return false
	})
	h.tried(t, "c-1")
	h.tried(t, "c-2")
	by := h.push(t, "cloud/image:c-3")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	intruder = by
	got := h.promote(t, "c-2")
	if got.code != 1 || !strings.Contains(got.stderr, "somebody else moved it just now") || !strings.Contains(got.stderr, "latest did not move, it is "+by) {
		t.Fatalf("%+v", got)
	}
	if got := h.tags(t, "latest"); got != "latest="+by {
		t.Fatal(got)
	}
}

func TestPublicationNeedsNoAttestation(t *testing.T) {
	h := newHouse(t, nil)
	digest := h.push(t, "cloud/image:c-1")
	folder := t.TempDir()
	result := filepath.Join(folder, "digest")
	got := h.call("publish", "--tags", "latest", "--before", "latest=", "--lease-namespace", "builds", "--api", h.cluster.folder, "--server", h.cluster.URL, "--digest-result", result, h.image()+":c-1")
	got.mustSay(t, "latest")
	content, err := os.ReadFile(result)
	if err != nil || string(content) != digest {
		t.Fatalf("%q %v", content, err)
	}
}

// What has no contract is a tool's own image: its declaration names a commit, and may name an earlier one again.
func TestPublicationGoesBack(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.push(t, "cloud/image:c-1"), h.push(t, "cloud/image:c-2")
	publish := func(tag, before string) {
		result := filepath.Join(t.TempDir(), "digest")
		h.call("publish", "--tags", "latest", "--before", "latest="+before, "--lease-namespace", "builds", "--api", h.cluster.folder, "--server", h.cluster.URL, "--digest-result", result, h.image()+":"+tag).mustSay(t, "latest")
	}
	publish("c-1", "")
	publish("c-2", one)
	publish("c-1", two)
	if got := h.tags(t, "latest"); got != "latest="+one {
		t.Fatal(got)
	}
}

// publishing publishes what has a tag as latest, which was that before.
func (h *house) publishing() func(tag, before string) outcome {
	return func(tag, before string) outcome {
		return h.call("publish", "--tags", "latest", "--before", "latest="+before, "--lease-namespace", "builds", "--api", h.cluster.folder, "--server", h.cluster.URL, h.image()+":"+tag)
	}
}

// As cli/rollback.sh does it: what was public has a tag that stays, and the history says that it was by that.
func TestWhatHasNoContractGoesBackByTheTagOfWhatItWasUnlessItHasMoved(t *testing.T) {
	h := newHouse(t, nil)
	one, two := h.push(t, "cloud/image:c-1"), h.push(t, "cloud/image:c-2")
	publish := h.publishing()
	publish("c-1", "").mustSay(t, "latest")
	publish("c-2", one).mustSay(t, "latest")
	was := "was-latest-" + one[7:19]
	publish(was, one).mustRefuse(t, "latest was "+one+" when this run began and is "+two+" now", "no tag was moved")
	publish(was, two).mustSay(t, "latest")
	if got := h.tags(t, "latest"); got != "latest="+one {
		t.Fatal(got)
	}
	if moves := h.moves(t); !strings.HasSuffix(moves, fmt.Sprintf(`{"tag":"latest","digest":"%s","was":"%s","image":"%s"}`, one, two, was)) {
		t.Error(moves)
	}
}

// What was declared otherwise is ordered again for the same commit, minutes or hours after a rollback: that is no push.
func TestWhatARollbackHasTakenBackStaysSoUntilSomethingElseIsPublic(t *testing.T) {
	h := newHouse(t, nil)
	one, two, three := h.push(t, "cloud/image:c-1"), h.push(t, "cloud/image:c-2"), h.push(t, "cloud/image:c-3")
	publish := h.publishing()
	for _, each := range [][2]string{{"c-1", ""}, {"c-2", one}, {"c-3", two}} {
		publish(each[0], each[1]).mustSay(t, "latest")
	}
	publish("was-latest-"+two[7:19], three).mustSay(t, "latest")
	publish("was-latest-"+one[7:19], two).mustSay(t, "latest")
	// Also an order that was under way meanwhile.
	for _, each := range [][2]string{{"c-3", one}, {"c-3", three}, {"c-2", one}} {
		got := publish(each[0], each[1])
		got.mustSay(t, "")
		if !strings.Contains(got.stderr, "latest stays as it is: a rollback has taken back") {
			t.Error(got.stderr)
		}
	}
	if got := h.tags(t, "latest"); got != "latest="+one {
		t.Fatal(got)
	}
	// Who wants it again says so; and after another push, to go back to a commit is to declare it.
	publish("was-latest-"+two[7:19], one).mustSay(t, "latest")
	four := h.push(t, "cloud/image:c-4")
	publish("c-4", two).mustSay(t, "latest")
	publish("c-3", four).mustSay(t, "latest")
}

func TestWithoutALeaseNothingMoves(t *testing.T) {
	h := newHouse(t, nil)
	h.tried(t, "c-1")
	if err := os.WriteFile(filepath.Join(h.cluster.folder, "token"), []byte("stale"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.promote(t, "c-1").mustRefuse(t, "the cluster answered 401", "get, create and update on leases in the namespace builds", "no tag was moved")
	got := h.with(access.Settings{AuthFile: "/nowhere"}, h.moving("testing=x", h.image()+":c-1")...)
	got.mustRefuse(t, "--before has 'testing=x'")
}

// moves are those of the history, without their times.
func (h *house) moves(t *testing.T) string {
	t.Helper()
	done := h.call("history", h.image())
	if done.code != 0 {
		t.Fatal(done)
	}
	return regexp.MustCompile(`"at":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",`).ReplaceAllString(done.stdout, "")
}

func TestEachMoveIsInTheHistory(t *testing.T) {
	h := newHouse(t, nil)
	if got := h.moves(t); got != "" {
		t.Fatal(got)
	}
	one, two := h.tried(t, "c-1"), h.tried(t, "c-2")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	h.promote(t, "c-1").mustSay(t, "")
	h.promote(t, "c-2").mustSay(t, "testing latest")
	h.promote(t, "c-2", "--pin", one).mustSay(t, "testing latest")
	want := []string{}
	for _, each := range [][]string{{one, "", "c-1"}, {two, one, "c-2"}, {one, two, ""}} {
		for _, tag := range []string{"testing", "latest"} {
			line := fmt.Sprintf(`{"tag":"%s","digest":"%s"`, tag, each[0])
			if each[1] != "" {
				line += fmt.Sprintf(`,"was":"%s"`, each[1])
			}
			if each[2] != "" {
				line += fmt.Sprintf(`,"image":"%s"`, each[2])
			}
			want = append(want, line+"}")
		}
	}
	if got := h.moves(t); got != strings.Join(want, "\n") {
		t.Fatalf("%s, expected %s", got, strings.Join(want, "\n"))
	}
}

func TestAPromotionWhoseHistoryCannotBeWrittenIsOne(t *testing.T) {
	h := newHouse(t, func(w http.ResponseWriter, r *http.Request) bool {
		refused := r.Method == http.MethodPut && r.URL.Path == manifestPath+"promotions"
		if refused {
			w.WriteHeader(http.StatusForbidden)
		}
		return refused
	})
	h.tried(t, "c-1")
	done := h.promote(t, "c-1")
	done.mustSay(t, "testing latest")
	if !strings.Contains(done.stderr, "the history of promotions lacks this one: ") {
		t.Error(done.stderr)
	}
}

// By its history alone, a rollback of what has no contract lasts.
func TestARollbackWhoseHistoryCannotBeWrittenSaysSoAndIsNotedByTheNext(t *testing.T) {
	isRefused := false
	h := newHouse(t, func(w http.ResponseWriter, r *http.Request) bool {
		refused := isRefused && r.Method == http.MethodPut && r.URL.Path == manifestPath+"promotions"
		if refused {
			w.WriteHeader(http.StatusForbidden)
		}
		return refused
	})
	one, two := h.push(t, "cloud/image:c-1"), h.push(t, "cloud/image:c-2")
	publish := h.publishing()
	publish("c-1", "").mustSay(t, "latest")
	publish("c-2", one).mustSay(t, "latest")
	isRefused = true
	back := "was-latest-" + one[7:19]
	for _, before := range []string{two, one} {
		got := publish(back, before)
		for _, each := range []string{one + " is public, but the history of promotions lacks this one", "the same again adds it (csb rollback <image> --to " + one + ")\n"} {
			if got.code != 1 || !strings.Contains(got.stderr, each) {
				t.Errorf("%+v does not say %q", got, each)
			}
		}
	}
	isRefused = false
	for range 2 {
		publish(back, one).mustSay(t, "")
	}
	moves := strings.Split(h.moves(t), "\n")
	if want := fmt.Sprintf(`{"tag":"latest","digest":"%s","was":"%s","image":"%s"}`, one, two, back); len(moves) != 3 || moves[2] != want {
		t.Error(moves)
	}
	publish("c-2", one).mustSay(t, "")
	if got := h.tags(t, "latest"); got != "latest="+one {
		t.Fatal(got)
	}
}

func TestWhatIsGoneFromTheRegistryIsNothingToGoBackTo(t *testing.T) {
	h := newHouse(t, nil)
	one := h.push(t, "cloud/image:c-1")
	publish := h.publishing()
	publish("c-1", "").mustSay(t, "latest")
	publish("was-latest-0123456789ab", one).mustRefuse(t, "was-latest-0123456789ab is not in the registry (csb prune --previous removes", "roll back to another (csb history)", "no tag was moved")
}

func TestTheHistoryHasTheLastMovesAndOthersStopNothing(t *testing.T) {
	h := newHouse(t, nil)
	lines := strings.Repeat(`{"at":"2026-01-01T00:00:00Z","tag":"latest","digest":"sha256:`+strings.Repeat("0", 64)+`"}`+"\n", 250)
	h.write(t, "promotions", lines)
	h.tried(t, "c-1")
	h.promote(t, "c-1").mustSay(t, "testing latest")
	moves := strings.Split(h.moves(t), "\n")
	if len(moves) != 200 || !strings.Contains(moves[199], `"image":"c-1"`) {
		t.Fatalf("%d, %s", len(moves), moves[len(moves)-1])
	}
	h.write(t, "promotions", "no line of it\n")
	h.call("history", h.image()).mustRefuse(t, "is no history of promotions", "remove it")
}

// write puts an image of one layer, of this content, under a tag.
func (h *house) write(t *testing.T, tag, content string) {
	t.Helper()
	image, err := mutate.AppendLayers(empty.Image, static.NewLayer([]byte(content), "application/jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	reference, err := name.ParseReference(h.image()+":"+tag, name.Insecure)
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.Write(reference, image); err != nil {
		t.Fatal(err)
	}
}
