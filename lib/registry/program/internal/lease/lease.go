package lease

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

// Times are how long a lease is held and waited for.
type Times struct {
	// Duration is how long a holder that is not heard of any more keeps others waiting.
	Duration time.Duration
	// Renewal is how often the holder says that it is there, and how often others look.
	Renewal time.Duration
	// Deadline is after how long without a renewal the holder stops. It is shorter than Duration: the next one may begin then.
	Deadline time.Duration
	// Patience is how long others are waited for.
	Patience time.Duration
}

// Usual are the times of promotions.
var Usual = Times{Duration: 60 * time.Second, Renewal: 5 * time.Second, Deadline: 40 * time.Second, Patience: 10 * time.Minute}

// Held is a lease that is ours. Its context ends when it is not any more.
type Held struct {
	Context context.Context
	api     *api
	times   Times
	object  *object
	cancel  context.CancelCauseFunc
	done    sync.WaitGroup
}

var unfit = regexp.MustCompile(`[^a-z0-9]+`)

// Name is that of a repository's lease: readable, and of one repository only.
func Name(repository string) string {
	sum := sha256.Sum256([]byte(repository))
	words := unfit.ReplaceAllString(repository[strings.LastIndex(repository, "/")+1:], "-")
	if len(words) > 40 {
		words = words[:40]
	}
	return fmt.Sprintf("promotion-%s-%s", strings.Trim(words, "-"), hex.EncodeToString(sum[:])[:10])
}

// Acquire waits until nobody else holds the lease, and holds it. Clocks are not compared: what was not renewed for as long as its holder said,
// as seen from here, is free.
func (c Cluster) Acquire(ctx context.Context, name, holder string, times Times, log io.Writer) (*Held, error) {
	api, err := c.open()
	if err != nil {
		return nil, err
	}
	until := time.Now().Add(times.Patience)
	var seen *object
	var since time.Time
	for {
		current, err := api.get(ctx, name)
		if err == nil && current != nil && (seen == nil || current.Metadata.ResourceVersion != seen.Metadata.ResourceVersion) {
			if seen == nil && current.Spec.HolderIdentity != "" {
				fmt.Fprintf(log, "waiting for %s, which promotes in this repository\n", current.Spec.HolderIdentity)
			}
			seen, since = current, time.Now()
		}
		if err == nil {
			if taken := takeable(current, since, holder, c.Namespace, name, times); taken != nil {
				var got *object
				if current == nil {
					got, err = api.create(ctx, taken)
				} else {
					got, err = api.update(ctx, taken)
				}
				if err == nil {
					return hold(ctx, api, got, times), nil
				}
			}
		}
		var later *passing
		if err != nil && !errors.Is(err, errOther) && !errors.As(err, &later) {
			return nil, fmt.Errorf("the lease %s: %w", name, err)
		}
		if time.Now().After(until) {
			return nil, access.MayPass(fmt.Errorf("the lease %s was not to be had within %s: %s; nothing was moved, try the same again", name, times.Patience, reasonOf(seen, err)))
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(times.Renewal):
		}
	}
}

func reasonOf(seen *object, err error) string {
	if err != nil && !errors.Is(err, errOther) {
		return err.Error()
	}
	if seen == nil {
		return "somebody else was always quicker"
	}
	return fmt.Sprintf("%s holds it", seen.Spec.HolderIdentity)
}

// takeable is the object that makes the lease ours, or nil while it is another's.
func takeable(current *object, since time.Time, holder, namespace, name string, times Times) *object {
	now := time.Now().UTC().Format(microTime)
	mine := spec{HolderIdentity: holder, LeaseDurationSeconds: int(times.Duration.Seconds()), AcquireTime: now, RenewTime: now}
	if current == nil {
		return &object{APIVersion: "coordination.k8s.io/v1", Kind: "Lease", Metadata: metadata{Name: name, Namespace: namespace}, Spec: mine}
	}
	isFree := current.Spec.HolderIdentity == "" || time.Since(since) > time.Duration(current.Spec.LeaseDurationSeconds)*time.Second
	if !isFree {
		return nil
	}
	taken := *current
	mine.LeaseTransitions = current.Spec.LeaseTransitions + 1
	taken.Spec = mine
	return &taken
}

func hold(ctx context.Context, api *api, got *object, times Times) *Held {
	held, cancel := context.WithCancelCause(ctx)
	h := &Held{Context: held, api: api, times: times, object: got, cancel: cancel}
	h.done.Add(1)
	go h.renew()
	return h
}

func (h *Held) renew() {
	defer h.done.Done()
	last := time.Now()
	for {
		select {
		case <-h.Context.Done():
			return
		case <-time.After(h.times.Renewal):
		}
		wanted := *h.object
		wanted.Spec.RenewTime = time.Now().UTC().Format(microTime)
		asked := time.Now()
		got, err := h.api.update(h.Context, &wanted)
		if err == nil {
			h.object, last = got, asked
			continue
		}
		if errors.Is(err, errOther) {
			// Also when it was we, and the answer was lost.
			current, failed := h.api.get(h.Context, h.object.Metadata.Name)
			if failed == nil && current != nil && current.Spec.HolderIdentity == h.object.Spec.HolderIdentity {
				h.object, last = current, asked
				continue
			}
			if failed == nil {
				h.cancel(errors.New("the lease is another's by now"))
				return
			}
		}
		if time.Since(last)+h.times.Renewal > h.times.Deadline {
			h.cancel(access.MayPass(fmt.Errorf("the lease could not be renewed for %s: %w", h.times.Deadline, err)))
			return
		}
	}
}

// Release gives the lease back, for the next one not to wait. One that cannot be given back ends by itself.
func (h *Held) Release() {
	h.cancel(errors.New("the lease was given back"))
	h.done.Wait()
	ctx, stop := context.WithTimeout(context.WithoutCancel(h.Context), 5*time.Second)
	defer stop()
	wanted := *h.object
	wanted.Spec = spec{LeaseTransitions: h.object.Spec.LeaseTransitions, LeaseDurationSeconds: 1}
	_, _ = h.api.update(ctx, &wanted)
}
