import { pythonFacade } from '../lib/buildpacks/stack/python-facade';
import type { Stack } from '../lib/buildpacks/stack/stack';
import { RUNTIME_NEEDS } from '../lib/buildpacks/runtime/needs';
import { bookworm } from './bookworm';
import { readLock } from './locks/read-lock';

/** Debian 12 as Python 3.11 needs it: what maintainers build extensions with, and the paths where their environments look for Python. */
export const bookwormPython311 = {
  name: 'bookworm-python311',
  extends: bookworm,
  packages: {
    run: [
      ...new Set([
        'build-essential',
        'libicu-dev',
        'libldap2-dev',
        'libmariadb-dev',
        'libmariadb-dev-compat',
        'libsasl2-dev',
        ...RUNTIME_NEEDS.python.run,
        ...RUNTIME_NEEDS.uwsgi.run,
      ]),
    ],
    build: [],
  },
  facade: pythonFacade('3.11'),
  lock: readLock('bookworm-python311'),
} satisfies Stack;
