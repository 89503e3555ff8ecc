import { join } from 'node:path';
import { layerOf, withFiles } from '../../lib/buildpacks/buildpack/buildpack';
import { laidOf } from '../../lib/images/descriptor';
import { definePart, type PartDefinition } from '../../lib/images/part';
import { partBuildpack } from '../buildpacks';
import { genericServer, type Server } from './server';

const NAME = 'webservice-runner';
const runnerFile = (type: string): string => `runners/${type}.sh`;

/**
 * What `webservice` starts: the runner of one server. Its buildpack has the generic one and those of some servers, and an image is made of its
 * own alone.
 *
 * @param servers - those of the images that one builder makes; another builder's are no business of theirs
 */
export function webserviceRunner<T extends string = never>(
  servers: readonly Server<T>[],
): PartDefinition<{ readonly type: T | 'generic' }> {
  const all = [genericServer, ...servers];
  const runners = all.map(({ type, runner }) => ({ path: runnerFile(type), content: runner, executable: true }));
  return definePart<{ readonly type: T | 'generic' }>({
    name: NAME,
    kind: 'layer',
    buildpack: withFiles(partBuildpack(NAME, join(__dirname, 'buildpack'), 'script'), runners),
    options: { type: all.map(({ type }) => type).join('|') },
    makes: 'webservice',
    needs: servers.flatMap(({ type, parts }) => laidOf(parts).map((part) => ({ part, when: { option: 'type', is: type } }))),
    counts: (path, { type }) => runners.every((each) => each.path !== path) || path === runnerFile(type),
    facade: () => ({ '/usr/bin/webservice-runner': `${layerOf(NAME)}/bin/webservice-runner` }),
  });
}
