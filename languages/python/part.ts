import { join } from 'node:path';
import { definePart } from '../../lib/images/part';
import { partBuildpack } from '../buildpacks';
import { pythonFacade } from './facade';
import { python311Source, python313Source, python39Source } from './sources';

/** A minor version of Python. */
export type PythonVersion = `3.${number}`;

/** Python with pip, virtualenv and what they seed environments with. */
export const pythonPart = definePart<{ readonly version: PythonVersion }>({
  name: 'python',
  kind: 'layer',
  buildpack: partBuildpack('python', join(__dirname, 'buildpack'), 'runtime'),
  options: { version: '3\\.[0-9]{1,2}' },
  makes: 'language',
  replaces: ['python3', 'python3-dev', 'python3-venv', 'python3-virtualenv'],
  runtimes: {
    releases: {
      bullseye: [{ version: '3.9.2', from: python39Source }],
      bookworm: [{ version: '3.11.2', from: python311Source }],
      trixie: [{ version: '3.13.5', from: python313Source }],
    },
  },
  facade: ({ version }) => pythonFacade(version),
});
