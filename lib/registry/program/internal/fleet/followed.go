package fleet

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/buildpacks/lifecycle/platform"
	"github.com/google/go-containerregistry/pkg/name"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// Followed is an image of whichever commit a branch has, as it is declared: `@` stands where only the commit tells.
type Followed struct {
	// Made is the hash of all that decides its layers beside the commit.
	Made string
	// Public is the tag by which it is used.
	Public name.Tag
	// Layers and Image are the references of its layers on whichever run image, and on the declared one.
	Layers, Image string
}

// At is where the layers of a commit are, and what they are called on the declared run image. lib/images/steps/follow.sh names them the same.
func (f Followed) At(commit string) (layers, image string) {
	address := sha256.Sum256(fmt.Appendf(nil, `{"commit":"%s","made":"%s"}`, commit, f.Made))
	known := hex.EncodeToString(address[:])[:16]
	return strings.Replace(f.Layers, "@", known, 1), strings.Replace(f.Image, "@", known, 1)
}

// PublicCommit is the digest that a tag names, and of which commit that was built, as the lifecycle has noted it; both are empty when the tag
// names nothing.
func PublicCommit(ctx context.Context, registry *images.Registry, tag name.Tag) (digest, commit string, err error) {
	image, err := read(ctx, registry, tag)
	if err != nil || image == nil {
		return "", "", err
	}
	var project struct {
		Source struct {
			Version struct {
				Commit string `json:"commit"`
			} `json:"version"`
		} `json:"source"`
	}
	_ = json.Unmarshal([]byte(image.configured.Config.Labels[platform.ProjectMetadataLabel]), &project)
	commit = project.Source.Version.Commit
	if commit == "" {
		return "", "", refuse("%s does not say of which commit it was built", tag)
	}
	return image.digest.String(), commit, nil
}
