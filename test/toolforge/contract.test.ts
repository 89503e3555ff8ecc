/** What is made of the items of every image, those of servers, and those of a language. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { genericContract } from '../../languages/webservice-runner/contract/contract';
import { contractOf } from '../../lib/toolforge/contract/contract';
import { inside, type ImageKind } from '../../lib/toolforge/contract/item';
import type { LanguageContract } from '../../lib/toolforge/contract/language-contract';
import { servedLua } from './lua/contract';

const contracts = { languages: [servedLua], generic: genericContract };
const LUA = { lua: '5.4' };
interface Tried {
  readonly id: string;
  readonly reason?: string;
  readonly checks?: readonly { readonly check: string; readonly in: readonly string[] }[];
}
const filesOf = (image: ImageKind) => contractOf(image, contracts).files;
const itemsOf = (image: ImageKind) => JSON.parse(filesOf(image)['items.json'] ?? '') as readonly Tried[];
const checksOf = (image: ImageKind, id: string) => itemsOf(image).find((item) => item.id === id)?.checks;

test("an image without a language has the items of every image; a webservice's do not apply to a base", () => {
  expect(itemsOf({ kind: 'web' })).toHaveLength(24);
  expect(itemsOf({ kind: 'web' }).filter(({ reason }) => reason !== undefined)).toHaveLength(2);
  const base = itemsOf({ kind: 'base' }).filter(({ reason }) => reason === 'only for web images');
  expect(base.map(({ id }) => id)).toEqual(['F2-20-runner', 'F2-21-port', 'F2-22-trace', 'F2-23-restart', 'F4-40-no-command']);
});

test('an image that promises none of the common tools is not asked for them', () => {
  const bare = { kind: 'base', bare: true } as const;
  const other = itemsOf({ kind: 'base' }).map(({ id }) => id);
  expect(itemsOf(bare).map(({ id }) => id)).toEqual(other);
  const without = itemsOf(bare).filter(({ reason }) => reason === 'only for images with the common tools');
  expect(without.map(({ id }) => id)).toEqual(['F1-05-common-tools']);
  expect(contractOf(bare, contracts).version).not.toBe(contractOf({ kind: 'base' }, contracts).version);
});

test("a language adds its items, and its server what is the server's own in the items of all", () => {
  expect(itemsOf({ kind: 'base', language: LUA }).map(({ id }) => id)).toContain('F4-24-lua');
  expect(checksOf({ kind: 'web', language: LUA }, 'F1-14-log-files')).toEqual([
    inside('log-files', 'job'),
    inside('lua-log', 'web'),
  ]);
  expect(checksOf({ kind: 'base', language: LUA }, 'F1-14-log-files')).toEqual([inside('log-files', 'job')]);
  expect(checksOf({ kind: 'base', language: LUA }, 'F4-24-lua')).toEqual([inside('lua', 'job')]);
});

test('its files are its own checks and what pods are told; what every family has is not among them', () => {
  expect(Object.keys(filesOf({ kind: 'base' }))).toEqual(['items.json', 'family.json']);
  expect(Object.keys(filesOf({ kind: 'web', language: LUA }))).toEqual([
    'items.json',
    'family.json',
    'check.lua.sh',
    'check.lua-log.sh',
  ]);
});

test('a language without a server of its own is served by the generic runner', () => {
  const { server, ...jobsOnly } = servedLua;
  const { files } = contractOf({ kind: 'web', language: LUA }, { ...contracts, languages: [jobsOnly] });
  expect(server?.type).toBe('lua-server');
  expect(JSON.parse(files['family.json'] ?? '')).toMatchObject({
    language: { programs: jobsOnly.programs },
    server: { type: 'generic' },
  });
});

test('a language that nobody has said anything of is refused by name', () => {
  expect(() => contractOf({ kind: 'base', language: { cobol: '85' } }, contracts)).toThrow(
    "the contract knows no language 'cobol', but lua; add it to languages/languages.ts",
  );
});

/** The same with an item that names another check, and a folder that has these. */
function withCheck(check: string, ...has: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  for (const each of has) writeFileSync(join(folder, `${each}.sh`), '');
  const item = { id: 'F4-24-lua', number: 24, title: 'x', source: 'x', checks: [inside(check, 'job')] } as const;
  const lua: LanguageContract = { ...servedLua, items: [item], checks: folder };
  return () => contractOf({ kind: 'base', language: LUA }, { ...contracts, languages: [lua] });
}

test('a check that is nowhere is refused, and one that has the name of a check of every image', () => {
  expect(withCheck('lua', 'lua')).not.toThrow();
  expect(withCheck('lau', 'lua')).toThrow(/names the check 'lau', and none of .* has lau\.sh; expected is one/);
  expect(withCheck('locale', 'locale')).toThrow(/names the check 'locale', and both .* have locale\.sh; expected is one/);
});
