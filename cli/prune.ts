import { z } from 'zod';
import { LAYERS } from '../lib/buildpacks/layers/dividing';
import { readKubeconfig } from '../lib/deploy/kubeconfig';
import { Cluster } from '../lib/deploy/cluster';
import { RUNS } from '../lib/deploy/run-history';
import { layersOfStacks } from '../lib/diff/layer-effects';
import { megabytes } from '../lib/diff/megabytes';
import { type DescribedObject, describeSynthesis } from '../lib/diff/described-object';
import { PlatformImage } from '../lib/images/platform-image';
import { repositoryOf } from '../lib/registry/image-reference';
import { Registry } from '../lib/registry/registry';
import { type Retention, retentionOf, type StoredRepository } from '../lib/registry/retention';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { IMAGE_ANNOTATION, LASTING_ANNOTATION } from '../lib/tekton/pipeline-run';
import { columns } from '../local/columns';
import { declareEnvironment } from '../stacks/environment';
import { readPins } from '../stacks/pins/read-pins';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { csb } from './csb';
import { environmentsAt, synthesizedAt } from './diff-side';
import { withAllFamilies } from './images-of-the-way';
import { askPromotions, type Promotions } from './promotions';
import { ROOT, useClusterOf } from './pulumi-stack';
import { inToolbox } from './toolbox';

export interface PruneOptions {
  /** Without it, only what would go is shown. */
  readonly go: boolean;
  /** How many of the last digests that each public tag named are kept. */
  readonly keep: number;
}

/**
 * `csb prune`: removes from the registry what nothing needs any more: not what is declared, here or in the last commit, nor what runs of the cluster
 * have made, pods run, pins name, or public tags named the last times.
 */
export async function prune(environment: string, { go, keep }: PruneOptions): Promise<void> {
  if (!Number.isInteger(keep) || keep < 1) throw new Error(`--keep is ${keep}; expected is a whole number from 1`);
  const settings = withAllFamilies(useClusterOf(environment));
  const cluster = await Cluster.connect(settings.kubeContext);
  await cluster.mustBelongTo(environment);
  const runs = await cluster.list(RUNS, settings.namespace);
  const live = runs.map((manifest): DescribedObject => ({ chart: '', path: '', manifest }));
  const declared = describeSynthesis(synthesizeEnvironment(environment, settings));
  const committed = (await environmentsAt('HEAD')).includes(environment) ? await synthesizedAt('HEAD', environment) : [];
  const images = PlatformImage.allOf(declareEnvironment(environment, settings));
  const layers = new Registry(settings.registry).repository(LAYERS).reference;

  const named = [...declared, ...committed, ...live].flatMap(namedBy);
  // Repositories of what is declared nowhere any more are nobody's to look into.
  const repositories = [...new Set([...declared, ...committed].flatMap(namedBy).map(repositoryOf)), layers];
  const references = new Set([
    ...named,
    ...images.map((each) => each.public),
    ...[...layersOfStacks([...declared, ...committed, ...live]).values()].flatMap((stack) =>
      stack.layers.map(({ address }) => `${layers}:c-${address}`),
    ),
    ...Object.entries(readPins(ROOT, environment)).flatMap(([name, { digest }]) =>
      images.filter((each) => each.name === name).map((each) => `${repositoryOf(each.public)}@${digest}`),
    ),
    ...lastPromoted(await askPromotions(settings, images), images, keep),
    ...(await runningImages(settings)),
  ]);
  const retention = retentionOf(await inventoryOf(settings, [...new Set(repositories)]), { environment, references });
  console.log(renderRetention(retention));
  if (retention.remove.length === 0) return;
  if (go) await remove(settings, retention);
  else console.log(`To remove it: ${csb(environment, `prune --go${keep === KEEP ? '' : ` --keep ${keep}`}`)}`);
}

/** Of how many moves a public tag keeps what it named. */
export const KEEP = 5;

/** What the run of an object puts into the registry, and the layers that others find. */
function namedBy({ manifest }: DescribedObject): string[] {
  const { annotations = {} } = manifest.metadata;
  return [annotations[IMAGE_ANNOTATION], annotations[LASTING_ANNOTATION]].filter((each) => each !== undefined);
}

function lastPromoted(
  promotions: ReadonlyMap<string, Promotions>,
  images: readonly PlatformImage[],
  keep: number,
): readonly string[] {
  return images.flatMap(({ name, public: tag }) => {
    const { moves = [], now = '' } = promotions.get(name) ?? {};
    const tags = [...new Set(moves.map((each) => each.tag))];
    const last = tags.flatMap((each) => {
      const own = moves
        .filter((move) => move.tag === each)
        .flatMap((move) => [move.digest, ...(move.was === undefined ? [] : [move.was])]);
      return [...new Set(own.reverse())].slice(0, keep);
    });
    return [now, ...last].filter((each) => each !== '').map((digest) => `${repositoryOf(tag)}@${digest}`);
  });
}

/** What pods of all namespaces run, as containerd names it: `<registry>/<repository>@<digest>`. */
async function runningImages({ kubeContext }: Settings): Promise<readonly string[]> {
  const { CoreV1Api } = await import('@kubernetes/client-node');
  const { items } = await (await readKubeconfig(kubeContext)).makeApiClient(CoreV1Api).listPodForAllNamespaces();
  return items.flatMap(({ status }) =>
    [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].map(({ imageID }) => imageID),
  );
}

const stored = z.object({
  repository: z.string(),
  images: z.array(z.object({ digest: z.string(), tags: z.array(z.string()), blobs: z.record(z.string(), z.int()) })),
});
const outcome = z.object({ repository: z.string(), digest: z.string(), removed: z.boolean(), because: z.string().optional() });
const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);

async function inventoryOf(settings: Settings, repositories: readonly string[]): Promise<StoredRepository[]> {
  const variables = { REPOSITORIES: repositories.join('\n') };
  const work = { name: 'inventory', script: script(__dirname, 'inventory.sh'), asks: 'registry', variables } as const;
  return linesOf(await inToolbox(settings, work)).map((line) => stored.parse(line));
}

/** Removes it, so much at a time as a variable of a pod holds. What is gone stays gone when it is interrupted; the next time does the rest. */
async function remove(settings: Settings, { remove: repositories }: Retention): Promise<void> {
  let removed = 0;
  const all = repositories.flatMap(({ repository, images }) => images.map(({ digest, tags }) => ({ repository, digest, tags })));
  for (const batch of batches(all)) {
    const wanted = [...new Set(batch.map(({ repository }) => repository))].map((repository) => ({
      repository,
      images: batch.filter((each) => each.repository === repository).map(({ digest, tags }) => ({ digest, tags })),
    }));
    const variables = { WANTED: JSON.stringify(wanted) };
    const work = { name: 'prune', script: script(__dirname, 'remove.sh'), asks: 'registry', variables } as const;
    for (const line of linesOf(await inToolbox(settings, work))) {
      const { repository, digest, removed: isGone, because } = outcome.parse(line);
      if (isGone) removed += 1;
      else console.log(`${repository}@${digest} is left: ${because ?? ''}`);
    }
    console.error(`${removed} of ${all.length} manifests are removed`);
  }
  console.log(
    `${removed} of ${all.length} manifests are removed. Their bytes are free when the registry has collected its garbage.`,
  );
}

const LONGEST = 60_000;

/** The same in lists of about that length as JSON. */
function batches<T>(all: readonly T[]): T[][] {
  const found: T[][] = [];
  let room = 0;
  for (const each of all) {
    const { length } = JSON.stringify(each);
    if (length > room) {
      found.push([]);
      room = LONGEST;
    }
    room -= length;
    found.at(-1)?.push(each);
  }
  return found;
}

/** What goes, by repository, and how much that is. */
export function renderRetention({ remove: repositories, kept, bytes }: Retention): string {
  if (repositories.length === 0) return `Nothing to remove: all ${kept} manifests are needed.`;
  const rows = repositories.map(({ repository, images }) => [repository.replace(/^[^/]+\//, ''), String(images.length)]);
  const count = repositories.flatMap(({ images }) => images).length;
  return `${columns([['repository', 'manifests that nothing needs'], ...rows])}
${count === 1 ? '1 manifest goes' : `${count} manifests go`} and ${kept} stay; at most ${megabytes(bytes)} MB are free then, less what other repositories share.`;
}
