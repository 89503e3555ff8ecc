import type { Item } from './item';
import { inside, outside } from './item';

/** What holds for images with a server. */
export const webItems = [
  {
    id: 'F2-20-runner',
    number: 20,
    title: '/usr/bin/webservice-runner takes --type and --port, and old types',
    source: 'webservice',
    appliesTo: 'web',
    checks: [inside('runner', 'job'), outside('answers', 'web-again')],
  },
  {
    id: 'F2-21-port',
    number: 21,
    title: 'Listens on 8000 of all IPv4 addresses and says so to the application',
    source: 'webservice-runner',
    appliesTo: 'web',
    checks: [inside('port', 'web', 'web-again'), outside('answers', 'web')],
  },
  {
    id: 'F2-22-trace',
    number: 22,
    title: 'The pod log has the line that starts the server',
    source: 'toolforge-deploy, functional tests',
    appliesTo: 'web',
    checks: [outside('trace', 'web', 'web-again', 'web-offline')],
  },
  {
    id: 'F2-23-restart',
    number: 23,
    title: 'Starts again in the same home',
    source: 'webservice restart',
    appliesTo: 'web',
    checks: [inside('started-again', 'web-again'), inside('nothing-written', 'web-again'), outside('answers', 'web-again')],
  },
] as const satisfies readonly Item[];

/** What holds for images with Python. */
export const pythonItems = [
  {
    id: 'F3-24-python',
    number: 24,
    title: '/usr/bin/python3 of exactly this version, which carries the environments that exist',
    source: 'webservice (check of the environment), venvs in homes',
    appliesTo: 'python',
    checks: [inside('python', 'job', 'shell', 'web'), inside('python-existing-venv', 'job')],
  },
  {
    id: 'F3-25-uwsgi',
    number: 25,
    title: '/usr/bin/uwsgi with --plugin python3, --strict and routing',
    source: 'webservice-runner, uwsgi.ini in homes',
    appliesTo: 'web',
    checks: [inside('uwsgi', 'job'), inside('server-log', 'web', 'web-again')],
  },
  {
    id: 'F3-26-application',
    number: 26,
    title: '~/www/python/src/app.py with `app`, its environment, its uwsgi.ini',
    source: 'webservice-runner',
    appliesTo: 'web',
    checks: [inside('application', 'web', 'web-again'), outside('answers', 'web', 'web-again')],
  },
  {
    id: 'F3-27-environments',
    number: 27,
    title: 'New environments, webservice-python-bootstrap, and compiling of packages',
    source: 'webservice shell',
    appliesTo: 'python',
    checks: [
      inside('python-environments', 'job-offline'),
      inside('python-environment-homes', 'job-offline', 'shell'),
      { ...inside('python-bootstrap', 'job'), onlyFor: 'web' },
      inside('python-compiling', 'job'),
    ],
  },
  {
    id: 'F3-28-jobs',
    number: 28,
    title: 'Jobs have the same Python; they run in the web image, too',
    source: 'jobs-api (since 2026)',
    appliesTo: 'python',
    checks: [inside('python', 'job', 'job-bare')],
  },
] as const satisfies readonly Item[];
