package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/google/go-containerregistry/pkg/name"
	"golang.org/x/sync/errgroup"

	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/files"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/fleet"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/images"
	"cloud-services-buildpacks.toolforge.org/lib/registry/program/internal/promotion"
)

func init() {
	commands["rebase-followed"] = command{"--run-image IMAGE:TAG --followed FOLDER --tag TAG --lease-namespace NAMESPACE --api FOLDER [--server URL] [--platform-api VERSION] [--workers COUNT] [--result FILE]", rebaseFollowed}
}

const (
	largestFollowed = 1 << 20
	// notBuilt is an image of which nothing is public yet.
	notBuilt = "not built"
	// heldBack is one that stays public as it is: a rollback has taken from its tag what it would be.
	heldBack = "held back"
)

// rebaseFollowed puts what is public of the images that follow a branch, of those that are declared on the run image, on that, and makes it
// public: an image at the commit that it has, so that what was pushed meanwhile is for whoever follows. It prints how many were rebased, found,
// refused, failed, held back by a rollback and not built, as JSON. It fails when one failed: to be tried again.
func rebaseFollowed(c call) error {
	options := newOptions("run-image", "followed", "tag", "lease-namespace", "api")
	runImage, folder, tag := options.String("run-image", "", ""), options.String("followed", "", ""), options.String("tag", "", "")
	version, workers := options.String("platform-api", "0.15", ""), options.Int("workers", 16, "")
	cluster := leaseFlags{options.String("lease-namespace", "", ""), options.String("api", "", ""), options.String("server", apiServer, "")}
	if err := options.parse(c.args, 0); err != nil {
		return err
	}
	if *workers < 1 || *workers > mostWorkers {
		return &misuse{fmt.Errorf("--workers is %d; expected is 1 to %d", *workers, mostWorkers)}
	}
	reference, err := images.Parse(c.settings, *runImage)
	if err != nil {
		return err
	}
	// All are looked at before any credential is opened.
	followed, err := readFollowed(c, *folder, *runImage, *tag)
	if err != nil {
		return err
	}
	registry, err := open(c)
	if err != nil {
		return err
	}
	digest, err := registry.Digest(c.ctx, reference)
	if err != nil {
		return err
	}
	if digest == "" {
		return fmt.Errorf("%s is not in the registry", reference)
	}
	collectSeldom()
	rebasing, err := fleet.New(c.ctx, registry, reference.Context().Digest(digest), *version)
	if err != nil {
		return err
	}
	var telling sync.Mutex
	told := newTally(notBuilt, heldBack)
	group := errgroup.Group{}
	group.SetLimit(*workers)
	for _, each := range followed {
		if c.ctx.Err() != nil {
			break
		}
		group.Go(func() error {
			result := rebaseOne(c, rebasing, registry, cluster, each)
			telling.Lock()
			defer telling.Unlock()
			told.add(c, result)
			return nil
		})
	}
	_ = group.Wait()
	return told.end(c, options, len(followed))
}

// rebaseOne looks again where who pushed has been built, and is public, meanwhile.
func rebaseOne(c call, rebasing *fleet.Fleet, registry *images.Registry, cluster leaseFlags, each fleet.Followed) (result fleet.Result) {
	for range 3 {
		result = rebasePublic(c, rebasing, registry, cluster, each)
		if result.Made != fleet.Failed || c.ctx.Err() != nil {
			break
		}
	}
	return result
}

func rebasePublic(c call, rebasing *fleet.Fleet, registry *images.Registry, cluster leaseFlags, each fleet.Followed) fleet.Result {
	before, commit, err := fleet.PublicCommit(c.ctx, registry, each.Public)
	if err != nil {
		return fleet.Unmade(each.Public, err)
	}
	if commit == "" {
		return fleet.Result{Made: notBuilt}
	}
	layers, image := each.At(commit)
	target, err := targetOf(c, layers, image)
	if err != nil {
		return fleet.Unmade(each.Public, err)
	}
	result := rebasing.One(c.ctx, target)
	if result.Digest == "" || result.Digest == before {
		return result
	}
	wish := promotion.Wish{Image: target.To, Tags: []name.Tag{each.Public}, Before: map[string]string{each.Public.TagStr(): before}}
	plan, _, err := moveHeld(c, registry, cluster, wish)
	if err != nil {
		return fleet.Unmade(target.To, fmt.Errorf("%s: %w", target.To, err))
	}
	if plan.IsTakenBack() {
		return fleet.Result{Made: heldBack}
	}
	return result
}

// readFollowed has what is declared on the run image, of files as lib/images/followed-images.ts writes them.
func readFollowed(c call, folder, runImage, tag string) ([]fleet.Followed, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	followed := []fleet.Followed{}
	for _, entry := range entries {
		// A ConfigMap's own folders begin so.
		if entry.Name()[0] == '.' {
			continue
		}
		text, err := files.ReadMounted(filepath.Join(folder, entry.Name()), largestFollowed)
		if err != nil {
			return nil, err
		}
		var declared struct {
			Made string `json:"made"`
			Run  struct {
				Spec struct {
					Params []struct{ Name, Value string } `json:"params"`
				} `json:"spec"`
			} `json:"run"`
		}
		if err := json.Unmarshal(text, &declared); err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		param := func(wanted string) string {
			i := slices.IndexFunc(declared.Run.Spec.Params, func(each struct{ Name, Value string }) bool { return each.Name == wanted })
			if i < 0 {
				return ""
			}
			return declared.Run.Spec.Params[i].Value
		}
		if param("run-image") != runImage {
			continue
		}
		repository, err := images.ParseRepository(c.settings, param("repository"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		public, err := images.TagIn(repository, tag)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		followed = append(followed, fleet.Followed{Made: declared.Made, Public: public, Layers: param("layers"), Image: param("image")})
	}
	return followed, nil
}
