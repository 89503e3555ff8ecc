package lease

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// server keeps one Lease as the API server does: an update of another version is a conflict.
type server struct {
	*httptest.Server
	mutex   sync.Mutex
	kept    *object
	version int
	refuse  int
}

func (s *server) handle(w http.ResponseWriter, r *http.Request) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.refuse != 0 {
		w.WriteHeader(s.refuse)
		return
	}
	if r.Method == http.MethodGet {
		if s.kept == nil {
			w.WriteHeader(404)
			return
		}
		_ = json.NewEncoder(w).Encode(s.kept)
		return
	}
	var wanted object
	if json.NewDecoder(r.Body).Decode(&wanted) != nil || (r.Method == http.MethodPost) != (s.kept == nil) ||
		s.kept != nil && wanted.Metadata.ResourceVersion != s.kept.Metadata.ResourceVersion {
		w.WriteHeader(409)
		return
	}
	s.version++
	wanted.Metadata.ResourceVersion = strconv.Itoa(s.version)
	s.kept = &wanted
	_ = json.NewEncoder(w).Encode(s.kept)
}

func (s *server) answer(status int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.refuse = status
}

func started(t *testing.T) (*server, Cluster) {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewTLSServer(http.HandlerFunc(s.handle))
	t.Cleanup(s.Close)
	folder := t.TempDir()
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	for name, content := range map[string][]byte{"ca.crt": authority, "token": []byte("t")} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return s, Cluster{Server: s.URL, Folder: folder, Namespace: "builds"}
}

var quick = Times{Duration: 4 * time.Second, Renewal: 20 * time.Millisecond, Deadline: 1500 * time.Millisecond, Patience: time.Minute}

// busy is what a machine that does other things as well may take for anything.
const busy = 20 * time.Second

func acquire(t *testing.T, cluster Cluster, holder string, times Times) *Held {
	t.Helper()
	held, err := cluster.Acquire(t.Context(), "promotion-x", holder, times, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return held
}

func TestOneHoldsItAndTheNextWaits(t *testing.T) {
	_, cluster := started(t)
	first := acquire(t, cluster, "first", quick)
	got := make(chan *Held)
	go func() { got <- acquire(t, cluster, "second", quick) }()
	select {
	case <-got:
		t.Fatal("two hold it")
	// Longer than it lasts: the first one renews it.
	case <-time.After(quick.Duration + 500*time.Millisecond):
	}
	if first.Context.Err() != nil {
		t.Fatal(first.Context.Err())
	}
	first.Release()
	(<-got).Release()
}

func TestWhatWasGivenBackIsNotWaitedFor(t *testing.T) {
	_, cluster := started(t)
	long := quick
	long.Duration = time.Hour
	acquire(t, cluster, "first", long).Release()
	acquire(t, cluster, "second", long).Release()
}

func TestOneThatDiedKeepsOthersWaitingNoLongerThanItLasts(t *testing.T) {
	s, cluster := started(t)
	s.kept = &object{Metadata: metadata{Name: "promotion-x", ResourceVersion: "7"}, Spec: spec{HolderIdentity: "dead", LeaseDurationSeconds: 1, LeaseTransitions: 3}}
	s.version = 7
	began := time.Now()
	held := acquire(t, cluster, "next", quick)
	defer held.Release()
	if waited := time.Since(began); waited < time.Second || waited > busy {
		t.Fatal(waited)
	}
	if s.kept.Spec.LeaseTransitions != 4 || s.kept.Spec.HolderIdentity != "next" {
		t.Fatalf("%+v", s.kept.Spec)
	}
}

func TestClocksThatDifferByMinutesDecideNothing(t *testing.T) {
	for _, skew := range []time.Duration{-15 * time.Minute, 15 * time.Minute} {
		s, cluster := started(t)
		written := time.Now().Add(skew).UTC().Format(microTime)
		alive := &object{Metadata: metadata{Name: "promotion-x", ResourceVersion: "1"}, Spec: spec{HolderIdentity: "elsewhere", LeaseDurationSeconds: 2, RenewTime: written}}
		s.mutex.Lock()
		s.kept, s.version = alive, 1
		s.mutex.Unlock()
		// The node of who holds it has another clock; it renews the lease for a while, and dies.
		died := make(chan time.Time, 1)
		go func() {
			for range 10 {
				time.Sleep(200 * time.Millisecond)
				s.mutex.Lock()
				s.version++
				renewed := *s.kept
				renewed.Metadata.ResourceVersion = strconv.Itoa(s.version)
				s.kept = &renewed
				s.mutex.Unlock()
			}
			died <- time.Now()
		}()
		got := make(chan time.Time, 1)
		go func() {
			held, err := cluster.Acquire(t.Context(), "promotion-x", "here", quick, io.Discard)
			if err == nil {
				held.Release()
			}
			got <- time.Now()
		}()
		var last time.Time
		select {
		case last = <-died:
		case <-got:
			t.Fatalf("%s: two hold it", skew)
		}
		if waited := (<-got).Sub(last); waited > busy {
			t.Fatalf("%s: %s", skew, waited)
		}
		if s.kept.Spec.LeaseTransitions != 1 {
			t.Fatalf("%s: nobody got it: %+v", skew, s.kept.Spec)
		}
	}
}

func TestALeaseThatCannotBeRenewedEndsBeforeAnotherCanHaveIt(t *testing.T) {
	s, cluster := started(t)
	held := acquire(t, cluster, "first", quick)
	s.answer(503)
	select {
	case <-held.Context.Done():
	case <-time.After(quick.Duration):
		t.Fatal("it still thinks that it holds the lease")
	}
	held.Release()
}

func TestALeaseThatAnotherTookIsLost(t *testing.T) {
	s, cluster := started(t)
	held := acquire(t, cluster, "first", quick)
	s.mutex.Lock()
	s.version++
	s.kept = &object{Metadata: metadata{Name: "promotion-x", ResourceVersion: strconv.Itoa(s.version)}, Spec: spec{HolderIdentity: "other", LeaseDurationSeconds: 60}}
	s.mutex.Unlock()
	select {
	case <-held.Context.Done():
	case <-time.After(busy):
		t.Fatal("it still thinks that it holds the lease")
	}
	held.Release()
	if s.kept.Spec.HolderIdentity != "other" {
		t.Fatal("it gave back another's lease")
	}
}

func TestAServerThatIsAwayIsAskedAgainAndANoIsFinal(t *testing.T) {
	s, cluster := started(t)
	s.answer(503)
	time.AfterFunc(200*time.Millisecond, func() { s.answer(0) })
	acquire(t, cluster, "first", quick).Release()
	s.answer(403)
	_, err := cluster.Acquire(t.Context(), "promotion-x", "first", quick, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "get, create and update on leases in the namespace builds") {
		t.Fatal(err)
	}
	s.answer(503)
	impatient := quick
	impatient.Patience = 50 * time.Millisecond
	_, err = cluster.Acquire(t.Context(), "promotion-x", "first", impatient, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "nothing was moved") {
		t.Fatal(err)
	}
}

func TestEachRepositoryHasALeaseOfItsOwn(t *testing.T) {
	one, other := Name("registry.test/cloud/toolforge-python311-sssd-web"), Name("registry.test/other/toolforge-python311-sssd-web")
	if one == other || !strings.HasPrefix(one, "promotion-toolforge-python311-sssd-web-") || len(Name("a/"+strings.Repeat("x_", 200))) > 63 {
		t.Fatal(one, other)
	}
}
