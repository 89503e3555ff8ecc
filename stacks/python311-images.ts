import { join } from 'node:path';
import { readBuildpack } from '../lib/buildpacks/builder/buildpack';
import type { Builder } from '../lib/buildpacks/builder/builder';
import type { PlatformImage } from '../lib/images/platform-image';
import { bookwormPython311 } from './bookworm-python311';
import { python311Runtime, uwsgiRuntime } from './python311-runtime';

const buildpack = (name: string) => readBuildpack(join(__dirname, '../buildpacks', name));

/** What builds the images of Python 3.11. */
export const python311Builder = {
  name: 'python311',
  stack: bookwormPython311,
  buildpacks: ['python', 'uwsgi', 'webservice-runner', 'webservice-python-bootstrap', 'platform-image'].map(buildpack),
  runtimes: [python311Runtime, uwsgiRuntime],
} satisfies Builder;

/** Python 3.11: jobs and shells. */
export const python311Base = {
  name: 'python311-sssd-base',
  builder: python311Builder,
  parts: { python: { version: '3.11' } },
} satisfies PlatformImage;

/** Python 3.11: webservices, and since 2026 jobs. */
export const python311Web = {
  name: 'python311-sssd-web',
  builder: python311Builder,
  parts: {
    python: { version: '3.11' },
    uwsgi: {},
    'webservice-runner': { type: 'python' },
    'webservice-python-bootstrap': {},
  },
} satisfies PlatformImage;
