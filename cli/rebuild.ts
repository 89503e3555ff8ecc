import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import Table from 'cli-table3';
import { parseRunName } from '../lib/deploy/attempts';
import { readSettings } from '../lib/settings/settings';
import type { SynthesizedObject } from '../lib/synth/synthesized';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import { declareEnvironment } from '../stacks/environment';
import { upAgain } from './deploy-commands';
import { openStack, ROOT, runsInState } from './pulumi-stack';

export interface RebuildOptions {
  readonly all: boolean;
  readonly dryRun: boolean;
}

/**
 * `csb rebuild <image>`: makes an image again with everything that it stands on, in the order of their dependencies, and tries its
 * contract again. What the registry has under its address is taken from there, what it lacks is built.
 *
 * @param name - a platform image, such as `python311-sssd-web`
 */
export async function rebuild(environment: string, name: string | undefined, { all, dryRun }: RebuildOptions): Promise<void> {
  const { objects } = declareEnvironment(environment, readSettings(ROOT, environment)).synthesize();
  const runs = objects.filter(({ manifest }) => manifest.kind === 'PipelineRun');
  const wanted = all ? runs : below(runs, chosen(runs, name));
  const table = new Table({ head: ['', 'run', 'image'], style: { head: [], border: [], compact: true } });
  wanted.forEach(({ manifest }, i) =>
    table.push([i + 1, manifest.metadata.name, manifest.metadata.annotations?.[IMAGE_ANNOTATION] ?? '']),
  );
  console.log(table.toString());
  if (dryRun) return;
  const stack = await openStack(environment);
  const known = await runsInState(stack);
  const names = new Set(wanted.map(({ manifest }) => parseRunName(manifest.metadata.name)?.run));
  // A run that is not in the state yet is made anyway.
  await upAgain(
    stack,
    known.filter(({ run }) => names.has(run)),
  );
}

const idOf = ({ path }: SynthesizedObject): string => path.split('/').at(-1) ?? '';

function chosen(runs: readonly SynthesizedObject[], name: string | undefined): SynthesizedObject {
  const images = runs.filter(
    ({ manifest }) => (manifest['spec'] as { pipelineRef: { name: string } }).pipelineRef.name === 'platform-image',
  );
  const found = images.find((run) => idOf(run) === name);
  if (found !== undefined) return found;
  throw new Error(
    `${name === undefined ? 'say which image to rebuild, or --all' : `there is no image '${name}'`}. There are: ${images.map(idOf).join(', ')}`,
  );
}

/** The run and all runs that it depends on, in the order in which they run. */
function below(runs: readonly SynthesizedObject[], target: SynthesizedObject): SynthesizedObject[] {
  const needed = new Set<IConstruct>();
  const visit = (construct: IConstruct): void => {
    for (const dependency of construct.node.dependencies) {
      const found = dependency.node.findAll().filter((each) => ApiObject.isApiObject(each) && !needed.has(each));
      for (const each of found) needed.add(each);
      visit(dependency);
    }
  };
  const run = target.construct.node.scope as IConstruct;
  visit(run);
  return runs.filter(({ construct }) => construct === target.construct || needed.has(construct));
}
