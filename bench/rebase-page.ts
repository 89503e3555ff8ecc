import {
  between,
  builderAfterImages,
  exporting,
  imageTask,
  isImage,
  ofImages,
  pushedBy,
  RUN_IMAGE,
  runOf,
  slowestImage,
  untilImages,
} from './rebase-figures';
import { layerTables } from './rebase-layers';
import type { Measured, Up } from './rebase-measured';
import { sizeOf } from './stored-layers';
import { megabytes, ratio, seconds, table, wholeSeconds } from './tables';

function summary({ rebase, full, legacy }: Measured): string {
  const line = (what: string, write: (value: number) => string, ...values: (number | undefined)[]): string[] => {
    const [a, b, c] = values;
    const written = values.map((value) => (value === undefined ? '–' : write(value)));
    return [what, ...written, ratio(b, a), c === undefined ? '–' : ratio(c, a)];
  };
  return table(
    ['', 'rebase', 'full rebuild', 'legacy', 'full : rebase', 'legacy : rebase'],
    [
      line('the platform images alone, both at once', seconds, slowestImage(rebase), slowestImage(full), undefined),
      line('from the changed lock to images in the registry', seconds, untilImages(rebase), untilImages(full), legacy.seconds),
      line('the whole `up`, with contract and promotion', seconds, rebase.seconds, full.seconds, undefined),
      line('new layers of the platform images', megabytes, pushedBy(rebase, ofImages), pushedBy(full, ofImages), undefined),
      line('all new layers in the registry', megabytes, pushedBy(rebase), pushedBy(full), sizeOf(legacy.layers)),
    ],
  );
}

function everyRun({ rebase, full }: Measured): string {
  const cells = (up: Up, id: string): string[] => {
    const run = runOf(up, id);
    if (run === undefined) return ['–', '–', '–'];
    const took = isImage(run) ? imageTask(run) : (run.ended - run.started) / 1000;
    return [run.made, seconds(took), megabytes(up.pushed[id] ?? 0)];
  };
  return table(
    ['run', 'full rebuild', '', '', 'rebase', '', ''],
    full.runs.map(({ id }) => [id, ...cells(full, id), ...cells(rebase, id)]),
  );
}

/** What the first table does not say by itself. */
function comparison({ rebase, legacy }: Measured): string {
  const again = sizeOf(legacy.layers.slice(1));
  const isSlower = untilImages(rebase) > legacy.seconds;
  const verdict = isSlower
    ? `For two images, the legacy way is the quicker one: ${seconds(legacy.seconds)} on the machine itself, with no pods and no image for builds.`
    : `The legacy way takes ${seconds(legacy.seconds)} for the same two images.`;
  return `${verdict}
What a rebase spares is what lies above the run image: its layers, and the time to compile Python and uWSGI, which the legacy way does not
compile at all. What runs above the packages is, byte by byte, what ran before. A further image of the same stack adds the last step and no
layer; a further language adds a run image of its own, ${megabytes(rebase.pushed[RUN_IMAGE] ?? 0)} for Python 3.11, and a rebase. The legacy way makes and pushes the layers of
each language again: ${megabytes(again)} for Python 3.11.`;
}

const afterImages = (time: number): string => `${seconds(Math.abs(time))} ${time < 0 ? 'before' : 'after'} the images`;

export function rebasePage(measured: Measured): string {
  const { update, machine, date, rebase, full } = measured;
  return `# Rebase

<!-- Written by \`npm run bench -- rebase\`; change bench/rebase-page.ts and measure again. -->

A security update of the distro changes the layers of its own packages, and that of the run image's state, and nothing else
(decision [0003](decisions/0003-images-of-stacks-are-made-in-their-parent.md)). The images of buildpacks keep apart: below, the run image, made of Debian packages alone; above, what buildpacks laid, which is built against interfaces and not against versions. So
\`up\` makes the run images anew and has the CNB lifecycle's Rebaser make another manifest for each platform image: the new run image's
layers below, the same layers above, by digest. No buildpack runs, and no layer of a platform image is read or written.

Whether that is allowed is decided by the lock (decision [0001](decisions/0001-three-identities-of-a-build.md)): an image's address has the
\`abi\` part of its stack's lock in it (distro, environment, the interface of each shared library), not the versions. The same \`abi\`: the
address stays, its layers are found, and they are rebased. Another one: the address is new, and the image is built.

The Rebaser makes a manifest of Docker's type, whatever the images are, and leaves the types of layers as they were, while the exporter
gives its own layers Docker's type. On an OCI run image that would be a manifest of both kinds, which skopeo refuses. So all images are
pushed with manifests of Docker's type. A rebased image also has no history any more that says who made which layer.

A rebased image is another digest. So it is tried before public tags move to it: of the images on a run image,
the canary by its whole contract, the others by whether they start (decision [0004](decisions/0004-contract.md#canaries)).

## A security update, step by step

1. \`npm run csb -- lock\` asks the mirror for what it has now, rewrites \`stacks/locks/\`, and says for each stack which packages changed and
   whether images \`will be rebased\` or \`will be rebuilt\`, since an interface changed. Packages that are new get a place in the layer plan of their release.
2. Review \`git diff stacks/locks\`: names, versions, checksums, and in \`*.layers.json\` where new packages lie.
3. \`npm run synth\`, and review \`git diff dist\`: new run images, the same \`c-<address>\` of platform images with another \`-r<run image>\`.
   Commit both.
4. \`npm run csb -- up\`. It says \`rebased\` of each image. A failed contract moves no tag.
5. Tools get it with their next restart, as ever: \`webservice restart\`, or for all of a stack, in waves, \`csb restart\`. A running pod keeps what it has.
   What was public before stays in the registry as \`was-latest-<digest>\`.

The commands, and the way back: [runbook.md](runbook.md). [test/cluster/rebase](../test/cluster/rebase/rebase.test.ts) does all of this but the first step and the review, and looks into the pods.

## Measured

${update.packages.join(', ')}: ${update.before} -> ${update.after}. On ${date}, in one run, one after the other, on
a machine with ${machine}, on which others worked as well:

- **rebase**: the locks changed, \`csb up\`.
- **full rebuild**: \`csb up\` into empty repositories: stacks, Python and uWSGI from source, builder, both images. It is what would follow
  if nothing could be kept. It ran first, with the older packages.
- **legacy**: the Dockerfiles' definition, all three layers, with the push ([bench/legacy-images.sh](../bench/legacy-images.sh)); on the
  machine itself, without a cluster, without a contract. A changed package below means that all layers are made again.

The Debian packages come from the platform's own cache for all three.

${summary(measured)}

Kubernetes counts whole seconds. Layers count compressed, and once: what an earlier run of the same measurement has put into the registry
is not new. The step that writes the image takes ${wholeSeconds(exporting(full))} for a built image and ${wholeSeconds(exporting(rebase))} for a rebased one, which is two small files. The
rest of a task's time is its pod.

### Where the time of the rebase goes

- ${seconds(between(rebase, 'bookworm-base', RUN_IMAGE))}: base and run images, one on the other. Whoever updates packages has to make these.
- ${seconds(slowestImage(rebase))}: both images.
- ${seconds(rebase.seconds - untilImages(rebase))}: the contract of the canary in pods of two tools and, after it, whether the other image starts; promotion, and Pulumi's own time.
- Build images, what the registry has of runtimes, and the builder are for the next build: no image waits for them, and as far as nothing else does, they are
  made when all images have ended. The builder was there
  ${afterImages(builderAfterImages(rebase))}.

${comparison(measured)}

### Every run

What it made, how long it took, and the bytes that were new; of platform images, the task that makes the image, without contract and promotion.

${everyRun(measured)}

## Layers

From the bottom to the top, as the registry has them.

${layerTables(measured)}
`;
}
