import { join } from 'node:path';
import { readBuildpack } from '../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../lib/images/part';
import { pythonFacade } from './facade';
import { pythonSource } from './sources';

/** A minor version of Python. */
export type PythonVersion = `3.${number}`;

/** Python with pip, virtualenv and what they seed environments with. */
export const pythonPart = definePart<{ readonly version: PythonVersion }>({
  name: 'python',
  kind: 'layer',
  buildpack: readBuildpack(join(__dirname, 'buildpack')),
  options: { version: '3\\.[0-9]{1,2}' },
  makes: 'language',
  runtimes: { releases: { bookworm: [{ version: '3.11.2', from: pythonSource }] } },
  facade: ({ version }) => pythonFacade(version),
});
