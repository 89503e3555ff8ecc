package access

import (
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
)

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func quick(t *testing.T) {
	t.Helper()
	before := Delays
	Delays = []time.Duration{time.Millisecond, time.Millisecond, time.Millisecond}
	t.Cleanup(func() { Delays = before })
}

func open(t *testing.T, settings Settings) *http.Client {
	t.Helper()
	way, err := settings.Open()
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Transport: way.Transport}
}

// answering answers each request with the next status; 0 breaks the connection. After the last one it is always 200.
func answering(t *testing.T, header http.Header, statuses ...int) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	asked := &atomic.Int32{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		i := int(asked.Add(1)) - 1
		if i >= len(statuses) {
			return
		}
		for key, values := range header {
			w.Header()[key] = values
		}
		if statuses[i] == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(statuses[i])
	}))
	t.Cleanup(server.Close)
	return server, asked
}

func TestWhatPassesIsTriedAgain(t *testing.T) {
	quick(t)
	for name, each := range map[string]struct {
		statuses []int
		status   int
		asked    int32
	}{
		"a 503":              {[]int{503}, 200, 2},
		"a 429":              {[]int{429, 429}, 200, 3},
		"a 500 and a 502":    {[]int{500, 502}, 200, 3},
		"broken connections": {[]int{0, 0}, 200, 3},
		"a 503 that stays":   {[]int{503, 503, 503, 503, 503}, 503, 4},
		"not a 404":          {[]int{404}, 404, 1},
		"not a 401":          {[]int{401}, 401, 1},
		"not a 501":          {[]int{501}, 501, 1},
	} {
		t.Run(name, func(t *testing.T) {
			server, asked := answering(t, nil, each.statuses...)
			client := open(t, Settings{PlainHTTP: strings.TrimPrefix(server.URL, "http://")})
			request, _ := http.NewRequest(http.MethodPut, server.URL, strings.NewReader("manifest"))
			response, err := client.Do(request)
			if err != nil || response.StatusCode != each.status || asked.Load() != each.asked {
				t.Fatalf("%v %v, asked %d times", response, err, asked.Load())
			}
		})
	}
}

func TestRetryAfterIsWaitedFor(t *testing.T) {
	quick(t)
	server, _ := answering(t, http.Header{"Retry-After": {"1"}}, 429)
	started := time.Now()
	response, err := open(t, Settings{PlainHTTP: strings.TrimPrefix(server.URL, "http://")}).Get(server.URL)
	if err != nil || response.StatusCode != 200 || time.Since(started) < time.Second {
		t.Fatalf("%v %v after %s", response, err, time.Since(started))
	}
}

func TestHalfAnUploadIsNotSentAgain(t *testing.T) {
	quick(t)
	server, asked := answering(t, nil, 503)
	request, _ := http.NewRequest(http.MethodPatch, server.URL, strings.NewReader("half a layer"))
	response, err := open(t, Settings{PlainHTTP: strings.TrimPrefix(server.URL, "http://")}).Do(request)
	if err != nil || response.StatusCode != 503 || asked.Load() != 1 {
		t.Fatalf("%v %v, asked %d times", response, err, asked.Load())
	}
}

func TestOnlyTheOneRegistryIsSpokenToWithoutTLS(t *testing.T) {
	quick(t)
	server, asked := answering(t, nil)
	_, err := open(t, Settings{PlainHTTP: "registry.local:5000"}).Get(server.URL)
	if err == nil || !strings.Contains(err.Error(), "without TLS") || asked.Load() != 0 {
		t.Fatalf("%v, asked %d times", err, asked.Load())
	}
}

func TestAnAuthorityOfOnesOwnIsTrustedWhenItIsGiven(t *testing.T) {
	quick(t)
	asked := atomic.Int32{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	if _, err := open(t, Settings{}).Get(server.URL); err == nil || asked.Load() != 0 {
		t.Fatalf("%v, asked %d times", err, asked.Load())
	}
	authority := file(t, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})))
	if _, err := open(t, Settings{AuthorityFile: authority}).Get(server.URL); err != nil || asked.Load() != 1 {
		t.Fatalf("%v, asked %d times", err, asked.Load())
	}
	if _, err := (Settings{AuthorityFile: file(t, "none")}).Open(); err == nil || !strings.Contains(err.Error(), "registry.certificateAuthority") {
		t.Fatal(err)
	}
}

func TestCredentialsAreThoseOfTheLongestName(t *testing.T) {
	auth := func(user string) string { return base64.StdEncoding.EncodeToString([]byte(user + ":secret")) }
	config := fmt.Sprintf(`{"auths": {"https://registry.test/v2/": {"auth": %q}, "registry.test/cloud": {"auth": %q}, "other.test:5000": {"username": "named", "password": "secret"}}}`, auth("host"), auth("cloud"))
	way, err := Settings{AuthFile: file(t, config)}.Open()
	if err != nil {
		t.Fatal(err)
	}
	for repository, user := range map[string]string{
		"registry.test/xx":           "host",
		"registry.test/cloudy/xx":    "host",
		"registry.test/cloud/images": "cloud",
		"other.test:5000/xx":         "named",
		"third.test/xx":              "",
	} {
		parsed, err := name.NewRepository(repository, name.StrictValidation)
		if err != nil {
			t.Fatal(err)
		}
		found, err := authn.Resolve(t.Context(), way.Keychain, parsed)
		if err != nil {
			t.Fatal(err)
		}
		got, err := found.Authorization()
		if err != nil || got.Username != user {
			t.Errorf("%s: %q, expected %q", repository, got.Username, user)
		}
	}
}

func TestWhatIsNoConfigurationIsNotShown(t *testing.T) {
	for _, content := range []string{"hunter2", `{"auths": {"x": {"auth": "hunter2"}}}`, `{"auths": "hunter2"}`} {
		_, err := Settings{AuthFile: file(t, content)}.Open()
		if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "no config.json of docker") {
			t.Errorf("%s: %v", content, err)
		}
	}
}

func TestThoseWhoAskAtOnceKeepTheirConnections(t *testing.T) {
	const workers, waves = 16, 3
	var connections atomic.Int32
	var wave sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		// None is answered before all have asked.
		wave.Done()
		wave.Wait()
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	client := open(t, Settings{PlainHTTP: server.Listener.Addr().String()})
	for range waves {
		wave.Add(workers)
		var asking sync.WaitGroup
		for range workers {
			asking.Add(1)
			go func() {
				defer asking.Done()
				response, err := client.Get(server.URL)
				if err != nil {
					t.Error(err)
					wave.Done()
					return
				}
				response.Body.Close()
			}()
		}
		asking.Wait()
	}
	if made := connections.Load(); made != workers {
		t.Errorf("%d connections for %d workers, who asked %d times each", made, workers, waves)
	}
}
