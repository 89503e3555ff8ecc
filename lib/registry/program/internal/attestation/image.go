package attestation

import (
	"archive/tar"
	"bytes"
	"fmt"
	"io"
	"maps"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

const (
	reportName = "report.json"
	limit      = 32 << 20
)

// created is when everything that is built here was made: the same content is the same digest.
var created = time.Date(1980, 1, 1, 0, 0, 1, 0, time.UTC)

// Image is the attestation of a report: the same report and statement, the same digest.
func Image(text []byte, report *Report, statement Statement) (v1.Image, error) {
	archive, err := archiveOf(text)
	if err != nil {
		return nil, err
	}
	opener := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive)), nil }
	layer, err := tarball.LayerFromOpener(opener, tarball.WithMediaType(types.OCILayer))
	if err != nil {
		return nil, err
	}
	said := statement.labels()
	maps.Copy(said, report.labels())
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	config := &v1.ConfigFile{
		OS:           "linux",
		Architecture: "amd64",
		Created:      v1.Time{Time: created},
		Config:       v1.Config{Labels: said},
		RootFS:       v1.RootFS{Type: "layers"},
	}
	if image, err = mutate.ConfigFile(image, config); err != nil {
		return nil, err
	}
	image, err = mutate.Append(image, mutate.Addendum{Layer: layer, History: v1.History{Created: v1.Time{Time: created}, CreatedBy: "contract"}})
	if err != nil {
		return nil, err
	}
	return mutate.Annotations(image, said).(v1.Image), nil
}

func archiveOf(text []byte) ([]byte, error) {
	var archive bytes.Buffer
	writer := tar.NewWriter(&archive)
	header := &tar.Header{Name: reportName, Mode: 0o644, Size: int64(len(text)), ModTime: created, Typeflag: tar.TypeReg}
	if err := writer.WriteHeader(header); err != nil {
		return nil, err
	}
	if _, err := writer.Write(text); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	return archive.Bytes(), nil
}

func reportIn(archive io.Reader) ([]byte, error) {
	reader := tar.NewReader(archive)
	for {
		header, err := reader.Next()
		if err != nil {
			return nil, fmt.Errorf("its layer has no %s", reportName)
		}
		if header.Name == reportName && header.Typeflag == tar.TypeReg {
			return io.ReadAll(reader)
		}
	}
}
