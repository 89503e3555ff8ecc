import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageContract } from '../../../lib/toolforge/contract/language-contract';

/** A language that is made up for tests, with a server of its own. */
export const luaContract: LanguageContract = {
  name: 'lua',
  programs: ['lua', 'lua{version}'],
  start: '/usr/bin/lua -v',
  items: [{ id: 'F4-24-lua', number: 24, title: '/usr/bin/lua', source: 'x', checks: [inside('lua', 'job', 'web')] }],
  checks: join(__dirname, 'checks'),
  server: {
    type: 'lua-server',
    oldType: 'lua',
    command: ['main'],
    home: { 'www/lua/main.lua': 'print "$(HOME)"\n', 'lua.conf': '' },
    process: { program: '/usr/bin/lua', directory: 'www/lua' },
    trace: '/usr/bin/lua main',
    log: [inside('lua-log', 'web')],
    startedAgain: [],
    items: [],
    checks: join(__dirname, 'server-checks'),
  },
};
