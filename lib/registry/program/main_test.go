package main

import (
	"bytes"
	"context"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	ggcr "github.com/google/go-containerregistry/pkg/registry"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// backend is a registry, with what stands before it.
type backend struct {
	*httptest.Server
	mutex  sync.Mutex
	before func(http.ResponseWriter, *http.Request) bool
	asked  []string
}

// registry answers as distribution does, unless `before` has answered already.
func registry(t *testing.T, before func(http.ResponseWriter, *http.Request) bool) *backend {
	t.Helper()
	delays := access.Delays
	access.Delays = []time.Duration{time.Millisecond, time.Millisecond}
	t.Cleanup(func() { access.Delays = delays })
	made := &backend{before: before}
	handler := ggcr.New(ggcr.Logger(log.New(io.Discard, "", 0)))
	made.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		made.mutex.Lock()
		defer made.mutex.Unlock()
		made.asked = append(made.asked, r.Method+" "+r.URL.Path)
		if made.before != nil && made.before(w, r) {
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(made.Close)
	return made
}

func (b *backend) host() string { return strings.TrimPrefix(b.URL, "http://") }

func (b *backend) wrote() []string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	found := []string{}
	for _, each := range b.asked {
		if strings.HasPrefix(each, "PUT ") && strings.Contains(each, "/manifests/") {
			found = append(found, each[strings.LastIndex(each, "/")+1:])
		}
	}
	b.asked = nil
	return found
}

type outcome struct {
	code           int
	stdout, stderr string
}

func (b *backend) call(args ...string) outcome {
	return b.with(access.Settings{PlainHTTP: b.host()}, args...)
}

func (b *backend) with(settings access.Settings, args ...string) outcome {
	settings.PlainHTTP = b.host()
	return called(context.Background(), settings, args)
}

func (b *backend) within(ctx context.Context, args ...string) outcome {
	return called(ctx, access.Settings{PlainHTTP: b.host()}, args)
}

func called(ctx context.Context, settings access.Settings, args []string) outcome {
	var stdout, stderr bytes.Buffer
	code := run(ctx, settings, args, &stdout, &stderr)
	return outcome{code, strings.TrimSuffix(stdout.String(), "\n"), stderr.String()}
}

func (o outcome) mustSay(t *testing.T, stdout string) {
	t.Helper()
	if o.code != 0 || o.stdout != stdout {
		t.Fatalf("%+v, expected %q", o, stdout)
	}
}

// mustRefuse holds that it failed with one line that has all these words.
func (o outcome) mustRefuse(t *testing.T, words ...string) {
	t.Helper()
	o.mustEnd(t, 1, words...)
}

// mustPass demands a failure that the same again may not meet.
func (o outcome) mustPass(t *testing.T, words ...string) {
	t.Helper()
	o.mustEnd(t, exitMayPass, words...)
}

func (o outcome) mustEnd(t *testing.T, code int, words ...string) {
	t.Helper()
	if o.code != code || o.stdout != "" || strings.Count(o.stderr, "\n") != 1 || !strings.HasPrefix(o.stderr, "csb-registry: ") {
		t.Fatalf("%+v", o)
	}
	for _, each := range words {
		if !strings.Contains(o.stderr, each) {
			t.Errorf("%q does not say %q", o.stderr, each)
		}
	}
}

const manifestPath = "/v2/cloud/image/manifests/"

func answer(status int, contentType, body string) func(http.ResponseWriter, *http.Request) bool {
	return func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, manifestPath) {
			return false
		}
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	}
}

func TestAbsentIsA404WhoeverSaysIt(t *testing.T) {
	const json, html = "application/json", "text/html"
	for name, before := range map[string]func(http.ResponseWriter, *http.Request) bool{
		"distribution, a tag":        answer(404, json, `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":{"Tag":"x"}}]}`),
		"distribution, a repository": answer(404, json, `{"errors":[{"code":"NAME_UNKNOWN","message":"repository name not known to registry"}]}`),
		"Harbor":                     answer(404, json, `{"errors":[{"code":"NOT_FOUND","message":"artifact cloud/image:x not found"}]}`),
		"Harbor, a project":          answer(404, json, `{"errors":[{"code":"NOT_FOUND","message":"project cloud not found"}]}`),
		"GitLab":                     answer(404, json, `{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":"unknown tag=x"}]}`),
		"an empty body":              answer(404, "", ""),
		"HTML":                       answer(404, html, "<html><h1>404 Not Found</h1><hr>nginx</html>"),
		"the library's own":          nil,
	} {
		t.Run(name, func(t *testing.T) {
			server := registry(t, before)
			server.call("digest", server.host()+"/cloud/image:x").mustSay(t, "")
			server.call("before", server.host()+"/cloud/image", "testing", "latest").mustSay(t, "testing= latest=")
		})
	}
}

func TestEverythingElseIsAnErrorInOneLine(t *testing.T) {
	for name, each := range map[string]struct {
		before func(http.ResponseWriter, *http.Request) bool
		words  []string
		passes bool
	}{
		"a 401":         {answer(401, "application/json", `{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}`), []string{"401", "registry.pushSecret", "authentication required"}, false},
		"a 403":         {answer(403, "application/json", `{"errors":[{"code":"DENIED","message":"requested access is denied"}]}`), []string{"403", "pushSecret", "right to pull and push"}, false},
		"a 403 in HTML": {answer(403, "text/html", "<html>\n<p>no</p>\n</html>"), []string{"403 Forbidden"}, false},
		"a 429":         {answer(429, "", ""), []string{"429", "try the same later"}, true},
		"a 503":         {answer(503, "text/html", "<html>\nback soon\n</html>"), []string{"503", "asked again"}, true},
		"no registry": {func(w http.ResponseWriter, _ *http.Request) bool {
			http.Error(w, "404 page not found", 404)
			return true
		}, []string{"404", "registry.host"}, false},
		"a dead machine": {func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }, []string{"EOF"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			server := registry(t, each.before)
			must := outcome.mustRefuse
			if each.passes {
				must = outcome.mustPass
			}
			must(server.call("digest", server.host()+"/cloud/image:x"), t, append(each.words, "/cloud/image:x")...)
		})
	}
}

func TestWrongCallsOpenNoCredentials(t *testing.T) {
	server := registry(t, nil)
	none := access.Settings{AuthFile: "/nowhere/config.json"}
	for _, each := range [][]string{
		{"digest", "image:x"}, {"digest", "registry.test/cloud/image"}, {"digest", "registry.test/cloud/image:x:y"},
		{"before", "registry.test/cloud/image:x", "latest"}, {"before", "registry.test/cloud/image", "la/test"},
		{"copy", "registry.test/a/b:x", "c"}, {"push", "--layout", "/nowhere", "--tag", "base", "registry.test/a/b:x"},
	} {
		server.with(none, each...).mustRefuse(t)
	}
	if got := server.with(none, "digest", "registry.test/a/b:x"); got.code != 1 || !strings.Contains(got.stderr, "REGISTRY_AUTH_FILE: /nowhere") {
		t.Fatalf("%+v", got)
	}
	for _, each := range [][]string{{}, {"inspect"}, {"digest"}, {"digest", "a", "b"}, {"push", "registry.test/a/b:x"}, {"digest", "--tls-verify=false", "x"}} {
		if got := server.call(each...); got.code != 2 || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
			t.Fatalf("%v: %+v", each, got)
		}
	}
	if len(server.asked) != 0 {
		t.Fatal(server.asked)
	}
}

// As Harbor does: a token by Basic authentication, for one repository, then that.
func TestATokenIsAskedFor(t *testing.T) {
	config := filepath.Join(t.TempDir(), "config.json")
	var server *backend
	scopes := []string{}
	server = registry(t, func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/service/token" {
			if user, password, _ := r.BasicAuth(); user != "robot$builder" || password != "secret" {
				w.WriteHeader(401)
				return true
			}
			scopes = append(scopes, r.URL.Query()["scope"]...)
			fmt.Fprint(w, `{"token": "for-an-hour", "expires_in": 3600}`)
			return true
		}
		if r.Header.Get("Authorization") == "Bearer for-an-hour" {
			return false
		}
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="%s/service/token",service="harbor-registry"`, server.URL))
		w.WriteHeader(401)
		fmt.Fprint(w, `{"errors":[{"code":"UNAUTHORIZED","message":"unauthorized to access repository: cloud/image"}]}`)
		return true
	})
	write := func(password string) {
		text := fmt.Sprintf(`{"auths": {%q: {"username": "robot$builder", "password": %q}}}`, server.host(), password)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("secret")
	server.with(access.Settings{AuthFile: config}, "digest", server.host()+"/cloud/image:x").mustSay(t, "")
	if len(scopes) != 1 || scopes[0] != "repository:cloud/image:pull" {
		t.Fatal(scopes)
	}
	write("wrong")
	server.with(access.Settings{AuthFile: config}, "digest", server.host()+"/cloud/image:x").mustRefuse(t, "401", "pushSecret")
	server.call("digest", server.host()+"/cloud/image:x").mustRefuse(t, "401", "pushSecret")
}

// What one repository's token allows is not asked with for another, and neither are the credentials.
func TestEachRepositoryIsAskedAsItsOwn(t *testing.T) {
	auth := map[string]string{}
	server := registry(t, func(w http.ResponseWriter, r *http.Request) bool {
		switch {
		case r.URL.Path == "/service/token":
			user, _, _ := r.BasicAuth()
			fmt.Fprintf(w, `{"token": "%s %s"}`, user, r.URL.Query().Get("scope"))
			return true
		case strings.HasPrefix(r.URL.Path, "/v2/cloud/"):
			auth[strings.Split(r.URL.Path, "/")[3]] = r.Header.Get("Authorization")
			return false
		}
		w.Header().Set("WWW-Authenticate", fmt.Sprintf(`Bearer realm="http://%s/service/token"`, r.Host))
		w.WriteHeader(401)
		return true
	})
	config := filepath.Join(t.TempDir(), "config.json")
	text := fmt.Sprintf(`{"auths": {"%[1]s/cloud/one": {"username": "first", "password": "x"}, "%[1]s/cloud/two": {"username": "second", "password": "x"}}}`, server.host())
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	way, err := access.Settings{AuthFile: config, PlainHTTP: server.host()}.Open()
	if err != nil {
		t.Fatal(err)
	}
	asking := images.With(way)
	for _, each := range []string{"one", "two", "one"} {
		reference, err := images.Parse(access.Settings{PlainHTTP: server.host()}, server.host()+"/cloud/"+each+":x")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := asking.Digest(t.Context(), reference); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]string{
		"one": "Bearer first repository:cloud/one:pull",
		"two": "Bearer second repository:cloud/two:pull",
	}
	if !maps.Equal(auth, want) {
		t.Fatalf("%v, expected %v", auth, want)
	}
}

func TestARegistryWithoutTokensIsGreetedOnceForEachOfOurNames(t *testing.T) {
	server := registry(t, nil)
	way, err := access.Settings{PlainHTTP: server.host()}.Open()
	if err != nil {
		t.Fatal(err)
	}
	asking := images.With(way)
	for i := range 5 {
		reference, err := images.Parse(access.Settings{PlainHTTP: server.host()}, fmt.Sprintf("%s/cloud/image-%d:x", server.host(), i))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := asking.Digest(t.Context(), reference); err != nil {
			t.Fatal(err)
		}
	}
	greetings := 0
	for _, each := range server.asked {
		if each == "GET /v2/" {
			greetings++
		}
	}
	if greetings != 2 || len(server.asked) != 7 {
		t.Fatal(server.asked)
	}
}

// cluster is a Kubernetes API server that knows leases.
type cluster struct {
	*httptest.Server
	folder string
	mutex  sync.Mutex
	lease  string
	calls  []string
}

func kubernetes(t *testing.T) *cluster {
	t.Helper()
	made := &cluster{folder: t.TempDir()}
	made.Server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		made.mutex.Lock()
		defer made.mutex.Unlock()
		body, _ := io.ReadAll(r.Body)
		made.calls = append(made.calls, r.Method)
		switch {
		case r.Header.Get("Authorization") != "Bearer token":
			w.WriteHeader(401)
		case r.Method == http.MethodGet && made.lease == "":
			w.WriteHeader(404)
		case r.Method != http.MethodGet:
			made.lease = string(body)
			fallthrough
		default:
			_, _ = io.WriteString(w, made.lease)
		}
	}))
	t.Cleanup(made.Close)
	for name, content := range map[string]string{
		"token":  "token\n",
		"ca.crt": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made.Certificate().Raw})),
	} {
		if err := os.WriteFile(filepath.Join(made.folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return made
}
