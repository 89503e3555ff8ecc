import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { ServerContract } from '../../../lib/toolforge/contract/language-contract';
import { script } from '../../../lib/tekton/script';

const home = (file: string): string => script(join(__dirname, 'home'), file);

const lighttpd = {
  process: { program: '/usr/sbin/lighttpd' },
  trace: '/usr/sbin/lighttpd -f /tmp/lighttpd.conf -D',
  log: [inside('lighttpd-log', 'web')],
  startedAgain: [inside('lighttpd-started-again', 'web-again')],
  items: [
    {
      id: 'F4-40-lighttpd-configuration',
      number: 40,
      title: '~/.lighttpd.conf is appended: what works there, and what ends the server',
      source: 'webservice-runner, .lighttpd.conf in homes',
      checks: [inside('lighttpd-configurations', 'job')],
    },
    {
      id: 'F4-41-lighttpd-files',
      number: 41,
      title: '~/public_html is served: types of files, and files that are refused',
      source: 'webservice-runner',
      checks: [inside('lighttpd-files', 'web')],
    },
  ],
  checks: join(__dirname, 'checks'),
} satisfies Partial<ServerContract>;

/** lighttpd with PHP: pages are programs, which PHP's processes run. */
export const lighttpdContract: ServerContract = {
  ...lighttpd,
  type: 'lighttpd',
  oldType: 'lighttpd-plain',
  home: {
    'public_html/index.php': home('index.php'),
    'public_html/checks.php': home('checks.php'),
    '.lighttpd.conf': home('php.conf'),
  },
};

/** lighttpd with the files of a tool. The program that runs checks is in Perl, since every Debian has that (perl-base). */
export const lighttpdPlainContract: ServerContract = {
  ...lighttpd,
  type: 'lighttpd-plain',
  oldType: 'lighttpd',
  home: {
    'public_html/index.html': home('index.html'),
    'public_html/checks.cgi': home('checks.cgi'),
    '.lighttpd.conf': home('plain.conf'),
  },
};
