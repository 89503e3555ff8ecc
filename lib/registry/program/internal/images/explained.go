package images

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/access"
)

// explained says in one line what a registry answered, and what to do. What may pass is an access.Passing.
func explained(reference name.Reference, err error) error {
	said := inOneLine(reference, err)
	// What ended early was the registry's answer.
	if MayPass(err) || errors.Is(err, io.ErrUnexpectedEOF) {
		return access.MayPass(said)
	}
	return said
}

// MayPass tells what the same again, later, may not meet: a registry that cannot answer now, or that was not to be reached, and what is said of that.
func MayPass(err error) bool {
	var passing *access.Passing
	if errors.As(err, &passing) {
		return true
	}
	var answer *transport.Error
	if errors.As(err, &answer) {
		return access.PassingStatus(answer.StatusCode)
	}
	var request *url.Error
	var broken *net.OpError
	if errors.Is(err, access.ErrPlainOnly) {
		// Of the library's two questions, the one without TLS counts.
		return errors.As(err, &broken) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	}
	return (errors.As(err, &request) || errors.As(err, &broken)) && access.PassingError(err)
}

func inOneLine(reference name.Reference, err error) error {
	where := reference.Context().RegistryStr()
	var answer *transport.Error
	if errors.As(err, &answer) {
		return fmt.Errorf("%s: the registry answered %d%s%s", reference, answer.StatusCode, words(answer), remedy(where, answer))
	}
	var untrusted x509.UnknownAuthorityError
	var verification *tls.CertificateVerificationError
	if errors.As(err, &untrusted) || errors.As(err, &verification) {
		return fmt.Errorf("%s: the certificate of %s is not trusted (%s); give its authority as registry.certificateAuthority in the environment's settings", reference, where, plain(err))
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("%s: %w", reference, err)
	}
	return fmt.Errorf("%s: %s", reference, plain(err))
}

func remedy(where string, answer *transport.Error) string {
	switch status := answer.StatusCode; {
	case status == http.StatusUnauthorized:
		return fmt.Sprintf("; it wants a user and a password: name a Secret that has them for %s as registry.pushSecret in the environment's settings (registry.pullSecret where it is only read), or renew the one that is named", where)
	case status == http.StatusForbidden:
		return fmt.Sprintf("; the credentials for %s may not do that: give the account of registry.pushSecret (environment's settings) the right to pull and push there", where)
	case status == http.StatusNotFound:
		return fmt.Sprintf("; %s does not speak as a registry does: look at registry.host in the environment's settings", where)
	case status == http.StatusTooManyRequests:
		return "; it was asked again for a while: try the same later"
	case access.PassingStatus(status):
		return "; it was asked again for a while: look at the registry, then try the same again"
	}
	return ""
}

// words are those of the registry's own that fit a line.
func words(answer *transport.Error) string {
	parts := []string{}
	for _, each := range answer.Errors {
		parts = append(parts, plainText(strings.TrimSuffix(string(each.Code)+": "+each.Message, ": ")))
	}
	if len(parts) == 0 {
		return " " + http.StatusText(answer.StatusCode)
	}
	return fmt.Sprintf(" %s (%s)", http.StatusText(answer.StatusCode), strings.Join(parts, "; "))
}

// withoutTLS is the library's question by TLS, which comes first of two that failed.
var withoutTLS = regexp.MustCompile(`Get "https://[^"]*": ` + access.ErrPlainOnly.Error() + `\s*[;,]?`)

func plain(err error) string {
	if errors.Is(err, access.ErrPlainOnly) {
		return plainText(withoutTLS.ReplaceAllString(err.Error(), ""))
	}
	var request *url.Error
	if errors.As(err, &request) {
		return plainText(request.Err.Error())
	}
	return plainText(err.Error())
}

var blanks = regexp.MustCompile(`\s+`)

const widest = 300

func plainText(text string) string {
	text = blanks.ReplaceAllString(strings.TrimSpace(text), " ")
	if len(text) > widest {
		text = strings.ToValidUTF8(text[:widest], "") + "…"
	}
	return text
}
