import { declaredRuns } from '../cli/declared-images';
import type { Settings } from '../lib/settings/settings';
import { IMAGE_ANNOTATION } from '../lib/tekton/pipeline-run';
import { type Layer, layersOf } from '../test/cluster/rebase/registry-content';

/** The layers of all that platform images are made from: bases, run images, build images, runtimes and builders. */
export async function layersToMakeFrom(settings: Settings): Promise<readonly Layer[]> {
  const runs = declaredRuns('local', settings).flatMap(({ manifest }) => manifest.metadata.annotations?.[IMAGE_ANNOTATION] ?? []);
  return (await Promise.all(runs.filter((each) => each.includes('/platform/')).map(layersAt))).flat();
}

/** Of a reference `<host>/<repository>:<tag>`. */
export async function layersAt(reference: string): Promise<readonly Layer[]> {
  const [, repository = '', tag = ''] = /^[^/]+\/(.+):([^:@]+)/.exec(reference) ?? [];
  return layersOf(repository, tag);
}
