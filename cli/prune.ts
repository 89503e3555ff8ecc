import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { LAYERS } from '../lib/buildpacks/layers/dividing';
import { readKubeconfig } from '../lib/deploy/kubeconfig';
import { RUNS } from '../lib/deploy/run-history';
import { type LiveRun, progressOf } from '../lib/deploy/run-progress';
import { layersOfStacks } from '../lib/diff/layer-effects';
import { megabytes } from '../lib/diff/megabytes';
import { type DescribedObject, describeSynthesis } from '../lib/diff/described-object';
import { repositoryOf } from '../lib/registry/image-reference';
import { Registry } from '../lib/registry/registry';
import { referencesIn, type Retention, retentionOf, type StoredRepository } from '../lib/registry/retention';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import { columns } from '../local/columns';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { batches } from './batches';
import { csb } from './csb';
import { clusterOf, environmentsAt, synthesizedAt } from './diff-side';
import { withAllFamilies } from './images-of-the-way';
import { exportedState, openStack, ROOT, useClusterOf } from './pulumi-stack';
import { resourcesOf } from './state';
import { inToolbox } from './toolbox';

export interface PruneOptions {
  /** Without it, only what would go is shown. */
  readonly go: boolean;
  readonly json: boolean;
  /** How many of what a public tag was before stay; all, without it. */
  readonly previous?: number;
}

/**
 * `csb prune`: removes from the registry what nothing needs any more: not what is declared, here or in the last commit, what Pulumi's state or runs
 * of the cluster name, or what pods run; and nothing that was ever public, or with `--previous` the last of it.
 *
 * @throws Error where a run is under way, which may need what is there
 */
export async function prune(environment: string, { go, json, previous }: PruneOptions): Promise<void> {
  const settings = withAllFamilies(useClusterOf(environment));
  const cluster = await clusterOf(environment);
  const live = await cluster.list(RUNS, settings.namespace);
  const running = live
    .map((each) => progressOf(each as unknown as LiveRun, []))
    .filter(({ state }) => /^(waiting|running)$/.test(state));
  if (go && running[0] !== undefined)
    throw new Error(`nothing was removed: run ${running[0].name} is under way, and may need what is there; wait for its end`);

  const declared = describeSynthesis(synthesizeEnvironment(environment, settings));
  const committed = await committedOf(environment);
  const deployed = resourcesOf(await exportedState(await openStack(environment))).flatMap(({ inputs }) => inputs ?? []);
  const others = [...live, ...deployed].map((manifest): DescribedObject => ({ chart: '', path: '', manifest }));
  const registry = new Registry(settings.registry);
  const layers = registry.repository(LAYERS).reference;
  const inPods = await imagesOfPods(settings);
  const needs = {
    environment,
    references: new Set([
      ...referencesIn(JSON.stringify([declared, committed, others, inPods]), registry.root),
      ...[...layersOfStacks([...declared, ...committed, ...others]).values()].flatMap((stack) =>
        stack.layers.map(({ address }) => `${layers}:c-${address}`),
      ),
    ]),
    digests: new Set(inPods.flatMap((each) => /sha256:[0-9a-f]{64}$/.exec(each)?.[0] ?? [])),
    previous,
  };
  // Repositories of what is declared nowhere any more are not looked into.
  const repositories = new Set([...[...declared, ...committed].flatMap(imageOf).map(repositoryOf), layers]);
  const retention = retentionOf(await inventoryOf(settings, [...repositories]), needs);
  console.log(json ? JSON.stringify(retention, undefined, 2) : renderRetention(retention));
  if (retention.remove.length === 0) return;
  const command = previous === undefined ? 'prune' : `prune --previous ${previous}`;
  if (go) await remove(settings, retention);
  else if (!json)
    console.log(`Each of them: ${csb(environment, `${command} --json`)}. To remove them: ${csb(environment, `${command} --go`)}`);
}

/** What the last commit has in dist/; nothing in a copy without a history. */
async function committedOf(environment: string): Promise<readonly DescribedObject[]> {
  if (!existsSync(join(ROOT, '.git'))) return [];
  return (await environmentsAt('HEAD')).includes(environment) ? synthesizedAt('HEAD', environment) : [];
}

/** What the run of an object puts into the registry. */
const imageOf = ({ manifest }: DescribedObject): string[] => {
  const image = manifest.metadata.annotations?.[IMAGE_ANNOTATION];
  return image === undefined ? [] : [image];
};

/** What the containers of pods of all namespaces were told to run, and what they run. */
async function imagesOfPods({ kubeContext }: Settings): Promise<readonly string[]> {
  const { CoreV1Api } = await import('@kubernetes/client-node');
  const { items } = await (await readKubeconfig(kubeContext)).makeApiClient(CoreV1Api).listPodForAllNamespaces();
  return items.flatMap(({ spec, status }) => [
    ...[...(spec?.containers ?? []), ...(spec?.initContainers ?? []), ...(spec?.ephemeralContainers ?? [])].map(
      ({ image = '' }) => image,
    ),
    ...[
      ...(status?.containerStatuses ?? []),
      ...(status?.initContainerStatuses ?? []),
      ...(status?.ephemeralContainerStatuses ?? []),
    ].map(({ imageID }) => imageID),
  ]);
}

const stored = z.object({
  repository: z.string(),
  images: z.array(z.object({ digest: z.string(), tags: z.array(z.string()), blobs: z.record(z.string(), z.int()) })),
  promoted: z.record(z.string(), z.array(z.string())),
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
    const variables = { WANTED: JSON.stringify(wanted), NAMESPACE: settings.namespace };
    const work = { name: 'prune', script: script(__dirname, 'remove.sh'), asks: 'promotion', variables } as const;
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

/** What goes, by repository, and how much that is. */
export function renderRetention({ remove: repositories, kept, bytes }: Retention): string {
  if (repositories.length === 0) return `Nothing to remove: all ${kept} manifests are needed.`;
  const rows = repositories.map(({ repository, images }) => [repository.replace(/^[^/]+\//, ''), String(images.length)]);
  const count = repositories.flatMap(({ images }) => images).length;
  return `${columns([['repository', 'manifests that nothing needs'], ...rows])}
${count === 1 ? '1 manifest goes' : `${count} manifests go`} and ${kept} stay; at most ${megabytes(bytes)} MB are free then, less what other repositories share.`;
}
