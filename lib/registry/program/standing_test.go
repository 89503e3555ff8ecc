package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func (h *fleetHouse) standing(lines ...string) outcome {
	folder, err := filepath.EvalSymlinks(h.t.TempDir())
	h.must(err)
	file := filepath.Join(folder, "images")
	h.must(os.WriteFile(file, []byte(strings.ReplaceAll(strings.Join(lines, "\n"), "~", h.host())+"\n"), 0o600))
	return h.call("standing", file)
}

func TestWhatStandsOnItsRunImageIsSaidOfEach(t *testing.T) {
	h, old, _ := twoRuns(t)
	image := h.app(old, unchanged, "tool")
	h.write(image, "tool/a:latest")
	digest, err := image.Digest()
	h.must(err)
	got := h.standing("~/tool/a:latest ~/platform/run:old", "~/tool/a:latest ~/platform/run:new", "~/tool/none:latest ~/platform/run:new", "~/tool/a:latest ~/platform/run:none")
	is := []string{}
	for _, line := range strings.Split(got.stdout, "\n") {
		var said standingLine
		h.must(json.Unmarshal([]byte(line), &said))
		word := strings.TrimPrefix(said.Image, h.host()) + " elsewhere"
		if said.Stands {
			word = strings.TrimPrefix(said.Image, h.host()) + " there"
		}
		if (said.Digest == digest.String()) != strings.HasPrefix(word, "/tool/a") {
			t.Error(line)
		}
		is = append(is, word)
	}
	if got, want := strings.Join(is, ", "), "/tool/a:latest there, /tool/a:latest elsewhere, /tool/none:latest elsewhere, /tool/a:latest elsewhere"; got != want {
		t.Errorf("%s, expected %s", got, want)
	}
}

func TestAfterARebaseItStandsThere(t *testing.T) {
	h, old, _ := twoRuns(t)
	image := h.app(old, ofCommit, "tool")
	h.write(image, "tool/a:latest")
	h.write(image, "tool/a:"+theLayers)
	h.rebaseFollowed(kubernetes(t), h.followed(map[string]string{"tool/a": "platform/run:new"}))
	if got := h.standing("~/tool/a:latest ~/platform/run:new"); !strings.Contains(got.stdout, `"stands":true`) {
		t.Errorf("%+v", got)
	}
}

func TestALineThatIsNoneOfAnImageIsRefused(t *testing.T) {
	h, _, _ := twoRuns(t)
	h.standing("~/tool/a:latest").mustRefuse(t, "line 1 of", "expected are two references")
	h.standing("~/tool/a:latest ~/run:old", "a b").mustRefuse(t, "line 2 of", "'a' is no reference")
}
