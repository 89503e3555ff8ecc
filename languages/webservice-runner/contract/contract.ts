import { join } from 'node:path';
import { inside, outside } from '../../../lib/toolforge/contract/item';
import type { ServerContract } from '../../../lib/toolforge/contract/language-contract';
import { script } from '../../../lib/tekton/script';

/** The generic runner: whatever the tool has is the first process. The program is in Perl, since every Debian has that (perl-base). */
export const genericContract: ServerContract = {
  type: 'generic',
  oldType: 'golang111',
  command: ['/usr/bin/perl', 'www/generic/server.pl'],
  home: { 'www/generic/server.pl': script(__dirname, 'server.pl') },
  process: { program: '/usr/bin/perl' },
  trace: '/usr/bin/perl www/generic/server.pl',
  log: [outside('pod-log', 'web')],
  startedAgain: [],
  items: [
    {
      id: 'F4-40-no-command',
      number: 40,
      title: 'Without a command the generic runner ends with 0',
      source: 'webservice-runner',
      checks: [inside('no-command', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
