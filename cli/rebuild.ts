import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { parseRunName } from '../lib/deploy/attempts';
import { readSettings } from '../lib/settings/settings';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import { declaredImages, declaredRuns } from './declared-images';
import { type ShowOptions, upAgain } from './deploy-commands';
import { buildLegacy, type LegacyBuildOptions, legacyBuilt } from './legacy-build';
import { openStack, ROOT, runsInState } from './pulumi-stack';

export interface RebuildOptions extends ShowOptions, LegacyBuildOptions {
  readonly all: boolean;
}

/**
 * `csb rebuild <image>`: makes an image again with everything that it stands on, in the order of their dependencies, and tries its
 * contract again. What the registry has under its address is taken from there, what it lacks is built. It is an `up`: other changes of the
 * declarations are applied as well.
 *
 * A legacy image that nothing declares is built by the legacy repository, and with --legacy one whose `latest` is still the legacy one (stacks/ledger.ts);
 * with --all, all of these are when its checkout is given.
 *
 * @param name - a platform image, such as `python311-sssd-web`
 */
export async function rebuild(environment: string, name: string | undefined, options: RebuildOptions): Promise<void> {
  const { all, dryRun, json } = options;
  const settings = readSettings(ROOT, environment);
  if (name !== undefined && all) throw new Error('say an image or --all, not both');
  const legacy = legacyBuilt(environment, settings);
  const short = name?.replace(/^toolforge-/, '');
  const found = legacy.find((each) => each.name === short);
  if (found !== undefined && (!found.isDeclared || options.legacy !== undefined)) {
    buildLegacy(settings, [found.name], options);
    return;
  }
  if (name !== undefined && options.legacy !== undefined)
    throw new Error(
      `--legacy: the :latest of '${name}' is not the legacy repository's, or there is no such image (csb status); leave it out`,
    );
  const images = declaredImages(environment, settings, name);
  if (name === undefined && !all)
    throw new Error(`say which image to rebuild, or --all. There are: ${images.map((image) => image.name).join(', ')}`);
  if (options.legacy !== undefined)
    buildLegacy(
      settings,
      legacy.map((each) => each.name),
      options,
    );
  const runs = declaredRuns(environment, settings).filter(({ manifest }) => manifest.metadata.annotations?.[IMAGE_ANNOTATION]);
  // All are those of tools' own images at a commit, too; what follows a branch is ordered in the cluster.
  const wanted = all
    ? runs
    : withAllBelow(
        runs,
        images.map(({ run }) => run.path),
      );
  // Without their attempts: which is the next one is in the state.
  const names = wanted.map(({ manifest: { metadata } }) => parseRunName(metadata.name)?.run ?? metadata.name);
  if (dryRun) {
    const order = wanted.map(({ manifest }, i) => ({
      run: names[i] ?? '',
      image: manifest.metadata.annotations?.[IMAGE_ANNOTATION] ?? '',
    }));
    console.log(json ? JSON.stringify(order, undefined, 2) : order.map(listed).join('\n'));
    return;
  }
  const stack = await openStack(environment);
  const inState = new Map((await runsInState(stack)).map(({ run, attempt }) => [run, attempt]));
  // One that the state has not yet is asked for like the others: what earlier runs have left is believed of none.
  const before = names.map((run) => ({ run, attempt: inState.get(run) ?? 0 }));
  await upAgain('rebuild', stack, before, options);
}

/** The image stands on a line of its own: beside the run, it would be too wide for a terminal. */
const listed = ({ run, image }: { readonly run: string; readonly image: string }, i: number): string =>
  `${String(i + 1).padStart(3)}  ${run}\n     ${image}`;

/** The runs of these paths and all runs that they depend on, each after what it depends on. */
function withAllBelow(runs: readonly SynthesizedObject[], paths: readonly string[]): SynthesizedObject[] {
  const needed = new Set<IConstruct>();
  const visited = new Set<IConstruct>();
  const visit = (construct: IConstruct): void => {
    for (const dependency of construct.node.dependencies.filter((each) => !visited.has(each))) {
      visited.add(dependency);
      for (const each of dependency.node.findAll().filter((found) => ApiObject.isApiObject(found))) needed.add(each);
      visit(dependency);
    }
  };
  const targets = runs.filter(({ path }) => paths.includes(path));
  for (const { construct } of targets) {
    needed.add(construct);
    visit(construct.node.scope as IConstruct);
  }
  return runs.filter(({ construct }) => needed.has(construct));
}
