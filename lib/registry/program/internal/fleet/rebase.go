// Package fleet puts many images on another run image. Whether one may stand on it, and what its manifest and configuration are then, the CNB
// lifecycle's own Rebaser decides; how images are read and written is ours, by the fewest requests.
package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"github.com/buildpacks/lifecycle/api"
	"github.com/buildpacks/lifecycle/log"
	"github.com/buildpacks/lifecycle/phase"
	"github.com/buildpacks/lifecycle/platform"
	"github.com/buildpacks/lifecycle/platform/files"
	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"golang.org/x/sync/errgroup"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
)

// Target is an image of the fleet.
type Target struct {
	// From has the layers above the run image.
	From name.Reference
	// To is what it is called on the new run image. It names one image for ever.
	To name.Tag
}

// What became of an image.
const (
	// Rebased now.
	Rebased = "rebased"
	// Found as it should be.
	Found = "found"
	// Refused by the lifecycle's rules, or ours: it has to be built.
	Refused = "refused"
	// Failed for a reason that may be gone at the next try.
	Failed = "failed"
)

// Result is what became of an image.
type Result struct {
	Image  string `json:"image"`
	Made   string `json:"made"`
	Digest string `json:"digest,omitempty"`
	Reason string `json:"reason,omitempty"`
	// MayPass says of a failure that the same again, later, may not meet it.
	MayPass bool `json:"-"`
}

// Unmade is what became of an image in the way of which an error was.
func Unmade(image name.Tag, err error) Result {
	return Result{Image: image.String(), Made: MadeOf(err), Reason: err.Error(), MayPass: images.MayPass(err)}
}

// Fleet is what many rebases have in common.
type Fleet struct {
	registry *images.Registry
	api      *api.Version
	runImage name.Digest
	run      *stored
}

// New reads the run image.
func New(ctx context.Context, registry *images.Registry, runImage name.Digest, platformAPI string) (*Fleet, error) {
	version, err := api.NewVersion(platformAPI)
	if err != nil {
		return nil, fmt.Errorf("'%s' is no version of the platform API: expected such as 0.15", platformAPI)
	}
	run, err := read(ctx, registry, runImage)
	if err != nil {
		return nil, err
	}
	if run == nil {
		return nil, fmt.Errorf("%s is not in the registry", runImage)
	}
	if _, err := workOn(run, runImage.Name()); err != nil {
		return nil, err
	}
	return &Fleet{registry: registry, api: version, runImage: runImage, run: run}, nil
}

// Rebase puts every target on the run image, so many at a time, and tells of each as it is done. One that fails stops no other.
func (f *Fleet) Rebase(ctx context.Context, targets []Target, workers int, tell func(Result)) {
	var telling sync.Mutex
	group := errgroup.Group{}
	group.SetLimit(workers)
	for _, each := range targets {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			result := f.One(ctx, each)
			telling.Lock()
			defer telling.Unlock()
			tell(result)
			return nil
		})
	}
	_ = group.Wait()
}

// refusal is a reason that no other try would change.
type refusal struct{ error }

func refuse(format string, values ...any) error { return &refusal{fmt.Errorf(format, values...)} }

// One puts an image on the run image.
func (f *Fleet) One(ctx context.Context, target Target) Result {
	made, digest, err := f.put(ctx, target)
	if err != nil {
		unmade := Unmade(target.To, err)
		unmade.Digest = digest
		return unmade
	}
	return Result{Image: target.To.String(), Made: made, Digest: digest}
}

// MadeOf tells what an error makes of an image.
func MadeOf(err error) string {
	var refused *refusal
	if errors.As(err, &refused) {
		return Refused
	}
	return Failed
}

func (f *Fleet) put(ctx context.Context, target Target) (made, digest string, err error) {
	there, err := read(ctx, f.registry, target.To)
	if err != nil {
		return "", "", err
	}
	if there != nil {
		if !f.carries(there) {
			return "", "", refuse("%s is in the registry, but does not stand on %s", target.To, f.runImage)
		}
		return Found, there.digest.String(), nil
	}
	old, err := read(ctx, f.registry, target.From)
	if err != nil {
		return "", "", err
	}
	if old == nil {
		return "", "", refuse("%s is not in the registry", target.From)
	}
	app, err := f.compute(old, target)
	if err != nil {
		return "", "", err
	}
	writer, err := f.registry.Writer(ctx, target.To.Context(), f.runImage.Context())
	if err != nil {
		return "", "", err
	}
	for _, layer := range app.saved.Layers {
		if !has(old.parsed, layer.Digest) {
			if err := writer.Mount(ctx, layer.Digest); err != nil {
				return "", "", err
			}
		}
	}
	if err := writer.Upload(ctx, app.config); err != nil {
		return "", "", err
	}
	digest, err = writer.Put(ctx, target.To, app.manifest, app.saved.MediaType)
	return Rebased, digest, err
}

// compute has the lifecycle decide whether the image may stand on the run image, and make it of both. What its libraries do not expect of an
// image, they panic at: that is one image's fault, and no other's.
func (f *Fleet) compute(old *stored, target Target) (made *working, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			made, err = nil, refuse("%s: the lifecycle cannot read it: %v", target.From, fault)
		}
	}()
	app, err := workOn(old, target.To.Name())
	if err != nil {
		return nil, refuse("%s: %w", target.From, err)
	}
	run, err := workOn(f.run, f.runImage.Name())
	if err != nil {
		return nil, err
	}
	rebaser := phase.Rebaser{Logger: log.NewDefaultLogger(io.Discard), PlatformAPI: f.api}
	if _, err := rebaser.Rebase(app, run, target.To.Name(), nil); err != nil {
		return nil, refuse("%s: %w", target.From, err)
	}
	// A fault of the lifecycle 0.21: of images without history it makes one that lacks layers, or has copies of one in place of others.
	wanted := append(slices.Clone(f.run.parsed.Layers), above(old)...)
	if !slices.EqualFunc(app.saved.Layers, wanted, func(one, other v1.Descriptor) bool { return one.Digest == other.Digest }) {
		return nil, refuse("%s: its layers would not be those of the run image and, above them, its own", target.From)
	}
	return app, nil
}

// above has the layers of an image that are not of its run image, as its label says where that ends.
func above(image *stored) []v1.Descriptor {
	top := labelled(image).RunImage.TopLayer
	for i, id := range image.configured.RootFS.DiffIDs {
		if id.String() == top {
			return image.parsed.Layers[i+1:]
		}
	}
	return image.parsed.Layers
}

// labelled is what the lifecycle has noted in an image; nothing where it has noted nothing that can be read.
func labelled(image *stored) files.LayersMetadataCompat {
	var metadata files.LayersMetadataCompat
	_ = json.Unmarshal([]byte(image.configured.Config.Labels[platform.LifecycleMetadataLabel]), &metadata)
	return metadata
}

// carries tells whether an image stands on the run image: by its layers, and by what its label says.
func (f *Fleet) carries(image *stored) bool {
	layers := image.parsed.Layers
	if len(layers) < len(f.run.parsed.Layers) {
		return false
	}
	for i, layer := range f.run.parsed.Layers {
		if layers[i].Digest != layer.Digest {
			return false
		}
	}
	return labelled(image).RunImage.Reference == f.runImage.Name()
}

func has(manifest *v1.Manifest, digest v1.Hash) bool {
	return slices.ContainsFunc(manifest.Layers, func(layer v1.Descriptor) bool { return layer.Digest == digest })
}
