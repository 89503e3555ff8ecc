import type { Item } from '../../../lib/toolforge/contract/item';
import { inside } from '../../../lib/toolforge/contract/item';

/** What holds for images with Python. */
export const pythonItems = [
  {
    id: 'F3-24-python',
    number: 24,
    title: '/usr/bin/python3 of exactly this version, which carries the environments that exist',
    source: 'webservice (check of the environment), venvs in homes',
    checks: [inside('python', 'job', 'shell', 'web'), inside('python-existing-venv', 'job')],
  },
  {
    id: 'F3-27-environments',
    number: 27,
    title: 'New environments, webservice-python-bootstrap, and compiling of packages',
    source: 'webservice shell',
    checks: [
      inside('python-environments', 'job-offline'),
      inside('python-environment-homes', 'job-offline', 'shell'),
      { ...inside('python-bootstrap', 'job'), onlyFor: 'web' },
      inside('python-compiling', 'job'),
      inside('python-user-packages', 'job-offline'),
    ],
  },
  {
    id: 'F3-28-jobs',
    number: 28,
    title: 'Jobs have the same Python; they run in the web image, too',
    source: 'jobs-api (since 2026)',
    checks: [inside('python', 'job', 'job-bare')],
  },
] as const satisfies readonly Item[];
