import { script } from '../../lib/tekton/script';
import type { Server } from '../webservice-runner/server';
import { jsContract } from './contract/contract';

/** What serves ~/www/js: `npm start`. */
export const jsServer = {
  type: 'js',
  runner: script(__dirname, 'runner.sh'),
  parts: [],
  contract: jsContract,
} as const satisfies Server;
