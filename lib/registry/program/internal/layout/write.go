package layout

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
)

var ociLayers = map[types.MediaType]types.MediaType{
	types.OCILayer:                types.OCILayer,
	types.DockerLayer:             types.OCILayer,
	types.OCIUncompressedLayer:    types.OCIUncompressedLayer,
	types.DockerUncompressedLayer: types.OCIUncompressedLayer,
}

// Write makes a layout in a folder that is not there yet, with an image under a tag, in OCI's media types, as umoci wants them. Every blob is
// held to its digest. A bare one has no blobs of layers: what is put on them needs none.
func Write(folder, tag string, image v1.Image, bare bool) error {
	making, err := Begin(folder)
	if err != nil {
		return err
	}
	manifest, err := image.Manifest()
	if err != nil {
		return err
	}
	made := []v1.Descriptor{}
	layers, err := image.Layers()
	if err != nil {
		return err
	}
	for i, each := range layers {
		described := manifest.Layers[i]
		mediaType, known := ociLayers[described.MediaType]
		if !known {
			return fmt.Errorf("the layer %s is %s, which umoci cannot read", described.Digest, described.MediaType)
		}
		if !bare {
			if err := writeLayer(pathOf(folder, described.Digest), described.Digest, each); err != nil {
				return err
			}
		}
		made = append(made, v1.Descriptor{MediaType: mediaType, Size: described.Size, Digest: described.Digest})
	}
	config, err := image.RawConfigFile()
	if err != nil {
		return err
	}
	if err := writeBlob(folder, manifest.Config.Digest, config); err != nil {
		return err
	}
	described := v1.Descriptor{MediaType: types.OCIConfigJSON, Size: manifest.Config.Size, Digest: manifest.Config.Digest}
	return making.finish(tag, described, made)
}

// WriteLayers makes a folder with the layers of an image as files, from the lowest one, 1.tar.gz, to the highest.
func WriteLayers(folder string, image v1.Image) error {
	if err := files.MakeFolder(folder); err != nil {
		return err
	}
	layers, err := image.Layers()
	if err != nil {
		return err
	}
	for i, each := range layers {
		mediaType, err := each.MediaType()
		if err != nil {
			return err
		}
		digest, err := each.Digest()
		if err != nil {
			return err
		}
		if mediaType != types.OCILayer && mediaType != types.DockerLayer {
			return fmt.Errorf("the layer %s is %s; expected is one that is compressed with gzip", digest, mediaType)
		}
		if err := writeLayer(filepath.Join(folder, fmt.Sprintf("%d.tar.gz", i+1)), digest, each); err != nil {
			return err
		}
	}
	return nil
}

func writeBlob(folder string, digest v1.Hash, text []byte) error {
	got, _, err := v1.SHA256(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if got != digest {
		return fmt.Errorf("the registry sent a blob of the digest %s for %s", got, digest)
	}
	return files.Write(pathOf(folder, digest), text)
}

// A connection that breaks in the middle is another try; the library compares digest and size while it reads.
func writeLayer(path string, digest v1.Hash, layer v1.Layer) error {
	var err error
	for try := 0; try < 4; try++ {
		if err = copyLayer(path, layer); err == nil {
			return nil
		}
	}
	return fmt.Errorf("the layer %s: %w", digest, err)
}

func copyLayer(path string, layer v1.Layer) error {
	to, err := files.Create(path)
	if err != nil {
		return err
	}
	defer to.Close()
	from, err := layer.Compressed()
	if err != nil {
		return err
	}
	defer from.Close()
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Close()
}
