import { definePart } from '../../../lib/images/part';
import { defineLanguage } from '../../../languages/language';
import { luaContract } from './contract';

/** A language in the stack, made up for tests. One for real is in languages/README.md. */
export const lua = defineLanguage<'5.4'>({
  part: definePart<{ readonly version: '5.4' }>({
    name: 'lua',
    options: { version: '5\\.4' },
    makes: 'language',
    kind: 'stack',
    packages: () => ['lua5.4', 'luarocks'],
  }),
  contract: luaContract,
});
