import { script } from '../../lib/tekton/script';
import type { Server } from '../webservice-runner/server';
import { uwsgiContract } from './contract/contract';
import { uwsgi } from './part';

/** What serves ~/www/python/src/app.py. */
export const uwsgiServer = {
  type: 'python',
  runner: script(__dirname, 'runner.sh'),
  parts: [uwsgi],
  contract: uwsgiContract,
} as const satisfies Server;
