import { join } from 'node:path';
import { layerOf } from '../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../lib/images/part';
import { partBuildpack } from '../buildpacks';
import { pythonPart } from '../python/part';
import { uwsgi21Source, uwsgi28Source } from './sources';

/** uWSGI with its plugin for the image's Python. */
export const uwsgi = definePart({
  name: 'uwsgi',
  kind: 'layer',
  buildpack: partBuildpack('uwsgi', join(__dirname, 'buildpack'), 'runtime'),
  options: {},
  runtimes: {
    releases: {
      bullseye: [{ version: '2.0.21', from: uwsgi21Source }],
      bookworm: [{ version: '2.0.21', from: uwsgi21Source }],
      trixie: [{ version: '2.0.28', from: uwsgi28Source }],
    },
    against: pythonPart,
  },
  needs: [{ part: pythonPart }],
  replaces: ['uwsgi', 'uwsgi-plugin-python3'],
  facade: () =>
    Object.fromEntries(
      ['uwsgi', 'uwsgi-core', 'uwsgi_python3'].map((name) => [`/usr/bin/${name}`, `${layerOf('uwsgi')}/bin/${name}`]),
    ),
}).with({});
