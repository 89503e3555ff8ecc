import { outside } from '../../../lib/toolforge/contract/item';
import type { ServerContract } from '../../../lib/toolforge/contract/language-contract';
import { script } from '../../../lib/tekton/script';

/** `npm start`, as webservices of Node have it: a package in ~/www/js. npm names its process after what it does. */
export const jsContract: ServerContract = {
  type: 'nodejs',
  oldType: 'js',
  home: {
    'www/js/package.json': script(__dirname, 'package.json'),
    'www/js/server.cjs': script(__dirname, 'server.cjs'),
  },
  process: { program: 'npm', directory: 'www/js' },
  trace: '/usr/bin/npm start',
  log: [outside('pod-log', 'web')],
  startedAgain: [],
  items: [
    {
      id: 'F4-29-npm-start',
      number: 29,
      title: '~/www/js/package.json with the script `start`, started by npm',
      source: 'webservice-runner',
      checks: [outside('answers', 'web', 'web-again')],
    },
  ],
};
