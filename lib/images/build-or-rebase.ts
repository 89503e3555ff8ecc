import type { Construct } from 'constructs';
import type { ImageMaking } from '../registry/image-pipeline';
import type { Arguments, Params, References } from '../tekton/params';
import type { Pipeline } from '../tekton/pipeline';
import type { ITask } from '../tekton/task';
import type { ImageParams } from './image-params';
import { rebaseTask } from './rebase-task';

/** What the result `made` of both pipelines says. */
export const MADE = "'built', 'rebased', or 'found' when the registry had it already.";

/** The task that builds, and with which parameters of its pipeline. */
interface Building<P extends Params> {
  readonly build: ITask<P, never, never>;
  readonly params: References<ImageParams> & Arguments<Omit<P, 'pinned-run-image'>>;
}

/**
 * Adds to a pipeline what puts an image of buildpacks into the registry: look-up, then build or rebase, or neither, each in a pod of its
 * own.
 *
 * What builds hands nothing on: which image it is, later tasks ask the registry by the tag of the declaration.
 *
 * @returns what the look-up says, and the tasks after which the image is there
 */
export function buildOrRebase<PP extends Params, W extends string, P extends Params>(
  scope: Construct,
  pipeline: Pipeline<PP, W>,
  making: ImageMaking,
  { build: buildTask, params }: Building<P>,
) {
  const { image, layers, builder, repository, tags } = params;
  const found = pipeline.addTask('look-up', making.asking.lookUp, {
    params: { image, layers, 'run-image': params['run-image'], builder, repository, tags },
  });
  const { made, layers: builtImage, 'run-image': runImage } = found.results;
  const pinned = { 'pinned-run-image': runImage };
  const build = pipeline.addTask('build', buildTask, {
    // TypeScript cannot see of an open P that this is all of it.
    params: { ...params, ...pinned } as unknown as Arguments<P>,
    when: [{ input: made, in: ['built'] }],
  });
  const rebase = pipeline.addTask('rebase', rebaseTask(scope, `${pipeline.name}-rebase`, making), {
    params: { image, 'built-image': builtImage, ...pinned },
    when: [{ input: made, in: ['rebased'] }],
  });
  return { found: found.results, made: [build, rebase] } as const;
}
