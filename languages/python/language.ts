import { uwsgiServer } from '../uwsgi/server';
import { defineLanguage } from '../language';
import { pythonContract } from './contract/contract';
import { pythonBootstrap } from './bootstrap/part';
import { pythonPart, type PythonVersion } from './part';

/** Python in a layer, compiled from Debian's source; uWSGI serves it. */
export const python = defineLanguage<PythonVersion>({
  part: pythonPart,
  server: uwsgiServer,
  standsOn: 'devel',
  webParts: [pythonBootstrap],
  contract: pythonContract,
});

/** What maintainers build extensions with beside what all stacks for that have, in a shell of the image itself. */
export const extensionLibraries = ['libldap2-dev', 'libmariadb-dev-compat', 'libsasl2-dev'];
