import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images for programs that were compiled elsewhere keep. */
export const standaloneContract: LanguageKeeps = {
  programs: [],
  start: '/bin/true',
  items: [
    {
      id: 'F4-24-libraries',
      number: 24,
      title: 'libmariadb.so.3, libssl.so.1.1 and libcrypto.so.1.1 are found',
      source: 'toollabs-images, bullseye-standalone (T277749)',
      checks: [inside('standalone-libraries', 'job', 'shell')],
    },
    {
      id: 'F4-25-program',
      number: 25,
      title: 'A program in the home starts, as it is and by a shell',
      source: 'wikitech',
      checks: [inside('standalone-program', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
