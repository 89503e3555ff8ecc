import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with MariaDB's clients keep. */
export const mariadbContract: LanguageKeeps = {
  // logrotate is in /usr/sbin, where a login shell of Debian does not look.
  programs: ['mariadb', 'mariadb-dump', 'mysql', 'mysqldump', 'sql'],
  start: '/usr/bin/mariadb --version',
  items: [
    {
      id: 'F4-24-mariadb',
      number: 24,
      title: 'mariadb, mariadb-dump and mariadb-admin, by their old names too',
      source: 'mariadb-sssd-base',
      checks: [inside('mariadb', 'job', 'shell')],
    },
    {
      id: 'F4-25-mariadb-account',
      number: 25,
      title: 'mariadb-dump and sql read replica.my.cnf, and go to the server',
      source: 'wikitech (backups), toolforge-misctools-cli',
      checks: [inside('mariadb-account', 'job')],
    },
    {
      id: 'F4-26-mariadb-rotation',
      number: 26,
      title: 'logrotate as the tool, with its state in the home',
      source: 'wikitech (backups)',
      checks: [inside('mariadb-rotation', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
