import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with Node keep. */
export const nodeContract: LanguageKeeps = {
  programs: ['node', 'npm', 'npx', 'yarn'],
  start: `/usr/bin/node -e "require('https')"`,
  items: [
    {
      id: 'F4-24-node',
      number: 24,
      title: '/usr/bin/node, npm and yarn of this version, whose addons load',
      source: 'node12 to node20, node_modules in homes',
      checks: [inside('node', 'job', 'shell', 'web')],
    },
    {
      id: 'F4-25-node-addons',
      number: 25,
      title: 'node-gyp compiles an addon without a network',
      source: 'build-essential, npm install in `webservice shell`',
      checks: [inside('node-addon', 'job-offline')],
    },
    {
      id: 'F4-26-node-modules',
      number: 26,
      title: "Debian's Node finds Debian's modules in /usr/share/nodejs, and no other Node does",
      source: 'packages nodejs and npm',
      checks: [inside('node-modules', 'job')],
    },
    {
      id: 'F4-27-node-locales',
      number: 27,
      title: 'Intl knows every locale',
      source: 'package nodejs (libicu)',
      checks: [inside('node-locales', 'job', 'web')],
    },
    {
      id: 'F4-28-node-global',
      number: 28,
      title: 'npm install -g is refused, and installing in the home is not',
      source: 'package npm, images without privileges',
      checks: [inside('node-global', 'job-offline')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
