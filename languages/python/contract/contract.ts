import { join } from 'node:path';
import type { LanguageContract } from '../../../lib/toolforge/contract/language-contract';
import { uwsgiContract } from '../../uwsgi/contract/contract';
import { pythonItems } from './items';

/** What images with Python keep, and that uWSGI serves them. */
export const pythonContract: LanguageContract = {
  name: 'python',
  programs: ['python3', 'python{version}'],
  start: "/usr/bin/python3 -c 'import socket, ssl'",
  items: pythonItems,
  checks: join(__dirname, 'checks'),
  server: uwsgiContract,
};
