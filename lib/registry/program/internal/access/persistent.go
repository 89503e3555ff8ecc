package access

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// Delays are the pauses between tries; each is lengthened by up to a half, so that many who failed together do not come back together.
var Delays = []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second}

// longest is the most that a registry's Retry-After is waited for.
const longest = time.Minute

// Persistent tries a request again that a registry could not answer now: 408, 425, 429, a 5xx, or a connection that broke. Requests whose body
// cannot be sent twice are the caller's to repeat (Passing tells), but a Retry-After is waited for.
type Persistent struct {
	Base   http.RoundTripper
	Delays []time.Duration
}

// Passing is an error that the same again, later, may not meet: what was asked could not answer for as long as it was asked again.
type Passing struct{ error }

// MayPass says that of an error.
func MayPass(err error) error { return &Passing{err} }

func (p *Passing) Unwrap() error { return p.error }

// RoundTrip is http.RoundTripper's.
func (p *Persistent) RoundTrip(request *http.Request) (*http.Response, error) {
	for try := 0; ; try++ {
		attempt, ok := repeated(request, try)
		if !ok {
			return nil, errors.New("the body of a request cannot be sent again")
		}
		response, err := p.Base.RoundTrip(attempt)
		if !again(response, err) || try == len(p.Delays) {
			return response, err
		}
		pause := retryAfter(response)
		if !repeatable(request) {
			if pause > 0 {
				if waited := Wait(request.Context(), pause); waited != nil {
					return nil, waited
				}
			}
			return response, err
		}
		if response != nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, limit))
			response.Body.Close()
		}
		if waited := Wait(request.Context(), max(pause, Jittered(p.Delays[try]))); waited != nil {
			return nil, waited
		}
	}
}

// Wait pauses, unless the context ends first.
func Wait(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
		return nil
	}
}

// Jittered is a pause, lengthened by up to a half.
func Jittered(pause time.Duration) time.Duration {
	return pause + time.Duration(rand.Int64N(int64(pause)/2+1))
}

// PassingStatus tells whether an answer may be another one in a while.
func PassingStatus(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported, http.StatusInsufficientStorage:
		return false
	}
	return status >= 500
}

// PassingError tells whether a connection's failure may be gone in a while: not one of certificates, and none that we decided ourselves.
func PassingError(err error) bool {
	var ours *final
	var certificate *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	return err != nil && !errors.As(err, &ours) && !errors.As(err, &certificate) && !errors.As(err, &authority) && !errors.As(err, &host) && !errors.Is(err, http.ErrSchemeMismatch) &&
		!errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
}

func again(response *http.Response, err error) bool {
	if err != nil {
		return PassingError(err)
	}
	return PassingStatus(response.StatusCode)
}

// A PATCH adds to what the registry has got already, so that only the whole upload can be repeated.
func repeatable(request *http.Request) bool {
	if request.Method == http.MethodPatch {
		return false
	}
	return request.Body == nil || request.Body == http.NoBody || request.GetBody != nil
}

func repeated(request *http.Request, try int) (*http.Request, bool) {
	if try == 0 {
		return request, true
	}
	attempt := request.Clone(request.Context())
	if request.Body == nil || request.Body == http.NoBody {
		return attempt, true
	}
	body, err := request.GetBody()
	attempt.Body = body
	return attempt, err == nil
}

func retryAfter(response *http.Response) time.Duration {
	if response == nil {
		return 0
	}
	text := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil {
		return min(max(time.Duration(seconds)*time.Second, 0), longest)
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), longest)
	}
	return 0
}
