// Package lease is a lock that ends by itself, kept as a Lease of Kubernetes (coordination.k8s.io/v1): who holds it does one thing at a time.
package lease

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

// object is what is used of a Lease. https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/
type object struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Metadata   metadata `json:"metadata"`
	Spec       spec     `json:"spec"`
}

type metadata struct {
	Name            string `json:"name"`
	Namespace       string `json:"namespace"`
	ResourceVersion string `json:"resourceVersion,omitempty"`
}

type spec struct {
	HolderIdentity       string `json:"holderIdentity,omitempty"`
	LeaseDurationSeconds int    `json:"leaseDurationSeconds,omitempty"`
	AcquireTime          string `json:"acquireTime,omitempty"`
	RenewTime            string `json:"renewTime,omitempty"`
	LeaseTransitions     int    `json:"leaseTransitions,omitempty"`
}

// As Kubernetes writes a MicroTime.
const microTime = "2006-01-02T15:04:05.000000Z07:00"

// errOther tells that somebody else changed the object meanwhile, or made it.
var errOther = errors.New("somebody else was quicker")

// Cluster is the API server, and who asks it.
type Cluster struct {
	// Server is its URL.
	Server string
	// Folder has `token` and `ca.crt`, as Kubernetes projects them.
	Folder    string
	Namespace string
}

type api struct {
	Cluster
	client *http.Client
}

const limit = 1 << 20

func (c Cluster) open() (*api, error) {
	authority, err := files.ReadMounted(filepath.Join(c.Folder, "ca.crt"), limit)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("%s/ca.crt has no certificate in PEM", c.Folder)
	}
	if !strings.HasPrefix(c.Server, "https://") {
		return nil, fmt.Errorf("the API server is '%s', expected is a URL that starts with https://", c.Server)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true}
	return &api{Cluster: c, client: &http.Client{Transport: transport, Timeout: 10 * time.Second}}, nil
}

// get is the object, or nil.
func (a *api) get(ctx context.Context, name string) (*object, error) {
	return a.call(ctx, http.MethodGet, "/"+name, nil)
}

func (a *api) create(ctx context.Context, wanted *object) (*object, error) {
	return a.call(ctx, http.MethodPost, "", wanted)
}

// update replaces the object of wanted's resourceVersion, and no other.
func (a *api) update(ctx context.Context, wanted *object) (*object, error) {
	return a.call(ctx, http.MethodPut, "/"+wanted.Metadata.Name, wanted)
}

func (a *api) call(ctx context.Context, method, path string, wanted *object) (*object, error) {
	// A token is renewed in its file while we run.
	token, err := files.ReadMounted(filepath.Join(a.Folder, "token"), limit)
	if err != nil {
		return nil, err
	}
	var body io.Reader
	if wanted != nil {
		text, err := json.Marshal(wanted)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	url := fmt.Sprintf("%s/apis/coordination.k8s.io/v1/namespaces/%s/leases%s", a.Server, a.Namespace, path)
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Content-Type", "application/json")
	response, err := a.client.Do(request)
	if err != nil {
		return nil, &passing{err}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, limit))
	if err != nil {
		return nil, &passing{err}
	}
	return answered(response.StatusCode, method, text, a.Namespace)
}

// passing is an error that another try may not have.
type passing struct{ error }

func (p *passing) Unwrap() error { return p.error }

func answered(status int, method string, text []byte, namespace string) (*object, error) {
	switch {
	case status == http.StatusOK, status == http.StatusCreated:
		var got object
		if err := json.Unmarshal(text, &got); err != nil {
			return nil, &passing{errors.New("the API server's answer is no JSON")}
		}
		return &got, nil
	case status == http.StatusNotFound && method == http.MethodGet:
		return nil, nil
	case status == http.StatusConflict, status == http.StatusNotFound && method == http.MethodPut:
		return nil, errOther
	case status == http.StatusForbidden, status == http.StatusUnauthorized:
		return nil, fmt.Errorf("the cluster answered %d%s; the service account of promotions needs get, create and update on leases in the namespace %s", status, message(text), namespace)
	case status == http.StatusTooManyRequests, status >= 500:
		return nil, &passing{fmt.Errorf("the cluster answered %d%s", status, message(text))}
	}
	return nil, fmt.Errorf("the cluster answered %d%s", status, message(text))
}

func message(text []byte) string {
	var status struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(text, &status) != nil || status.Message == "" {
		return ""
	}
	return ": " + status.Message
}
