import type { Construct } from 'constructs';
import type { Distro } from '../../languages/distro';
import { Family } from '../../languages/family';
import { defineLanguage } from '../../languages/language';
import { definePart } from '../../lib/images/part';
import { luaContract } from '../toolforge/lua/contract';

/** Lua, as Debian has it. */
export const lua = defineLanguage<'5.4'>({
  part: definePart<{ readonly version: '5.4' }>({
    name: 'lua',
    options: { version: '5\\.4' },
    makes: 'language',
    kind: 'stack',
    packages: (_, { version }) => [`lua${version}`, 'luarocks'],
  }),
  contract: luaContract,
});

/** Lua 5.4 on Debian 12: an image for jobs and shells, and one for webservices. */
export class Lua54 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'lua54', { on, language: lua.at('5.4') });
  }
}
