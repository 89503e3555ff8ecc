import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageContract, ServerContract } from '../../../lib/toolforge/contract/language-contract';

/** What a language that is made up for tests keeps, as its folder would have it. */
export const luaContract = {
  programs: ['lua', 'lua{version}'],
  start: '/usr/bin/lua -v',
  items: [{ id: 'F4-24-lua', number: 24, title: '/usr/bin/lua', source: 'x', checks: [inside('lua', 'job', 'web')] }],
  checks: join(__dirname, 'checks'),
} satisfies Omit<LanguageContract, 'name' | 'server'>;

/** A server of its own. */
export const luaServerContract: ServerContract = {
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
};

/** What is tried of it, served by that. */
export const servedLua: LanguageContract = { name: 'lua', ...luaContract, server: luaServerContract };
