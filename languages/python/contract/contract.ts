import { join } from 'node:path';
import type { LanguageKeeps } from '../../language';
import { pythonItems } from './items';

/** What images with Python keep. */
export const pythonContract: LanguageKeeps = {
  programs: ['python3', 'python{version}'],
  start: "/usr/bin/python3 -c 'import socket, ssl'",
  items: pythonItems,
  checks: join(__dirname, 'checks'),
};
