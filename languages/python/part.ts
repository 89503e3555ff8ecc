import { join } from 'node:path';
import { definePart } from '../../lib/images/part';
import { partBuildpack } from '../buildpacks';
import { pythonFacade } from './facade';
import { pythonSource } from './sources';

/** A minor version of Python. */
export type PythonVersion = `3.${number}`;

/** Python with pip, virtualenv and what they seed environments with. */
export const pythonPart = definePart<{ readonly version: PythonVersion }>({
  name: 'python',
  kind: 'layer',
  buildpack: partBuildpack('python', join(__dirname, 'buildpack'), 'runtime'),
  options: { version: '3\\.[0-9]{1,2}' },
  makes: 'language',
  runtimes: { releases: { bookworm: [{ version: '3.11.2', from: pythonSource }] } },
  facade: ({ version }) => pythonFacade(version),
});
