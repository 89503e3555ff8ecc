import { join } from 'node:path';
import { layerOf } from '../../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../../lib/images/part';
import { partBuildpack } from '../../buildpacks';
import { node16Source } from './sources';

const NODE = layerOf('node');
const PROGRAMS = ['node', 'npm', 'npx', 'yarn', 'yarnpkg'];

/** Node in a layer, of a version that the Debian release does not have. */
export const nodeLayer = definePart<{ readonly version: '16' }>({
  name: 'node',
  kind: 'layer',
  buildpack: partBuildpack('node', join(__dirname, 'buildpack'), 'runtime'),
  options: { version: '16' },
  makes: 'language',
  replaces: ['nodejs'],
  runtimes: { releases: { bullseye: [{ version: '16.20.2', from: node16Source }] } },
  facade: () => ({
    ...Object.fromEntries(PROGRAMS.map((name) => [`/usr/bin/${name}`, `${NODE}/bin/${name}`])),
    '/usr/bin/nodejs': `${NODE}/bin/node`,
    '/usr/include/node': `${NODE}/include/node`,
    '/usr/lib/node_modules': `${NODE}/lib/node_modules`,
  }),
});
