import { join } from 'node:path';
import { inside, outside } from '../../../lib/toolforge/contract/item';
import type { ServerContract } from '../../../lib/toolforge/contract/language-contract';
import { script } from '../../../lib/tekton/script';

/** uWSGI as webservices of Python have it: an application in ~/www/python/src, and a uwsgi.ini with a route. */
export const uwsgiContract: ServerContract = {
  type: 'uwsgi-python',
  oldType: 'python',
  home: {
    'www/python/src/app.py': script(__dirname, 'app.py'),
    'www/python/uwsgi.ini': script(__dirname, 'uwsgi.ini'),
  },
  process: { program: '/usr/bin/uwsgi', directory: 'www/python/src' },
  trace: '/usr/bin/uwsgi --plugin python3',
  log: [inside('server-log', 'web')],
  startedAgain: [inside('started-again', 'web-again')],
  items: [
    {
      id: 'F3-25-uwsgi',
      number: 25,
      title: '/usr/bin/uwsgi with --plugin python3, --strict and routing',
      source: 'webservice-runner, uwsgi.ini in homes',
      checks: [inside('uwsgi', 'job'), inside('server-log', 'web', 'web-again')],
    },
    {
      id: 'F3-26-application',
      number: 26,
      title: '~/www/python/src/app.py with `app`, its environment, its uwsgi.ini',
      source: 'webservice-runner',
      checks: [inside('application', 'web', 'web-again'), outside('answers', 'web', 'web-again')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
