import { Family, type FamilyProps } from '../../languages/family';
import { contractsOf } from '../../languages/contracts';
import { defineLanguage } from '../../languages/language';
import { recipesOf } from '../../languages/languages';
import { python as pythonLanguage } from '../../languages/python/language';
import { webserviceRunner } from '../../languages/webservice-runner/part';
import { genericServer } from '../../languages/webservice-runner/server';
import { definePart } from '../../lib/images/part';
import { PlatformImage } from '../../lib/images/platform-image';
import { buildpack, locked, python } from '../buildpacks/house';
import { lua } from '../toolforge/lua/language';
import { runParameters } from '../tekton/manifests';
import { luaContract, luaServerContract, servedLua } from '../toolforge/lua/contract';
import { declareDistro } from './declare-distro';

/** A family on Debian 12. */
function declare(props: Partial<FamilyProps> = {}) {
  const { app, distro, manifests } = declareDistro([lua]);
  distro.base.layers?.layers.unshift({ name: 'lua5.4', packages: ['fortune', 'lua5.4', 'luarocks'] });
  const lock = { stack: 'bookworm-lua54', abi: distro.stack.abi, run: locked(['lua5.4', 'luarocks', 'fortune']), build: {} };
  const family = new Family(app, 'lua54', { on: distro, language: lua.at('5.4'), lock, ...props });
  return { app, distro, family, manifests };
}

test('a language in the stack is packages there, and its images are made by the builder of the distro', () => {
  const { distro, family, manifests } = declare({ packages: ['fortune'] });
  expect(family.stack.name).toBe('bookworm-lua54');
  expect(family.stack.below.node.path).toBe('bookworm/bookworm');
  expect(family.stack.packages).toEqual({ run: ['fortune', 'lua5.4', 'luarocks'], build: [] });
  expect(family.builder.node.path).toBe(distro.builderFor().node.path);
  const runs = manifests();
  for (const image of ['lua54-sssd-base', 'lua54-sssd-web'])
    expect(runParameters(runs, image)).toMatchObject({
      builder: family.builder.image.reference,
      'run-image': family.stack.runImage.reference,
      run: '[[images]]\nimage = "registry.test/platform/bookworm-lua54-run"\n',
    });
  expect(runParameters(runs, 'lua54-sssd-web')['family']).toBe('{"kind":"web","language":{"lua":"5.4"}}');
});

test('a family without webservices has nothing for them', () => {
  const { family } = declare({ images: ['base'] });
  expect(family.parts.map(({ name }) => name)).toEqual(['lua']);
  expect(family.image('base').name).toBe('lua54-sssd-base');
  expect(() => family.image('web')).toThrow("lua54 has no image 'web', but base");
});

test('what leads to the runner on the distro already, leads there in the family, too', () => {
  const { facade } = webserviceRunner([]).with({ type: 'generic' });
  const { distro, family } = declare();
  expect(Object.keys(facade)).toEqual(['/usr/bin/webservice-runner']);
  expect(distro.stack.content.links).toEqual(facade);
  expect(family.stack.content.links).toEqual(facade);
});

test('files of the parts are in the stack', () => {
  const files = ({ version }: { readonly version: string }) => ({ '/etc/toolforge-enable-lua': `${version}\n` });
  const packages = () => ['lua5.4'];
  const part = definePart<{ readonly version: string }>({
    ...{ name: 'lua', kind: 'stack', makes: 'language', options: { version: '5\\.4' }, packages, files },
  });
  const { distro, family, manifests } = declare({ language: defineLanguage({ part, contract: luaContract }).at('5.4') });
  expect(family.stack.content.files).toEqual({ ...distro.stack.content.files, '/etc/toolforge-enable-lua': '5.4\n' });
  expect(() => manifests()).not.toThrow();
});

test('a language that extensions are compiled for stands on the stack for them', () => {
  const { distro, family } = declare({ language: { ...lua.at('5.4'), language: { ...lua, standsOn: 'devel' } } });
  expect(family.stack.below.node.path).toBe('bookworm/bookworm-devel');
  expect(distro.devel.below?.node.path).toBe('bookworm/bookworm');
});

test('families with servers of their own have builders of their own, one a server', () => {
  const { app, distro, family } = declare();
  const served = (type: string) => ({ ...lua, server: { ...genericServer, type, contract: luaServerContract } });
  const declareServed = (id: string, type: string) =>
    new Family(app, id, { on: distro, language: { ...lua.at('5.4'), language: served(type) } }).builder;
  const builder = declareServed('served-one', 'served');
  expect(builder.node.path).toBe('bookworm/bookworm-served');
  expect(declareServed('served-two', 'served').node.path).toBe(builder.node.path);
  expect(family.builder.name).toBe('bookworm-generic');
});

test('images without a language are those of the distro', () => {
  const { distro, manifests } = declareDistro([]);
  expect(PlatformImage.allOf(distro)).toHaveLength(0);
  distro.withImages();
  const runs = manifests();
  const made = { builder: distro.builderFor().image.reference, 'run-image': distro.stack.runImage.reference };
  expect(runParameters(runs, 'bookworm-sssd')).toMatchObject({ ...made, family: '{"kind":"base"}' });
  expect(runParameters(runs, 'bookworm-web-sssd')).toMatchObject({
    ...made,
    family: '{"kind":"web"}',
    descriptor: '{"format":1,"name":"bookworm-web-sssd","parts":{"webservice-runner":{"type":"generic"}}}',
  });
});

test('a version that nothing is there to make is refused, with those that there are', () => {
  const language = defineLanguage({ part: python, contract: luaContract }).at('3.9');
  expect(() => declare({ language })).toThrow(
    "lua54: the part 'python' 3.9 has no release for bookworm, which has none; add one to its `releases`",
  );
});

test('a version that the language does not have is refused, and nothing else is said of it', () => {
  const language = defineLanguage({ part: python, contract: luaContract }).at('three' as '3.0');
  expect(() => declare({ language })).toThrow(
    /^lua54: the part 'python' has the version 'three'; expected is what matches [^\n]+$/,
  );
});

test('a language is refused whose images would not be tried as such', () => {
  const layer = { name: 'some', kind: 'layer', buildpack: buildpack('some') } as const;
  const part = definePart<{ readonly version: string }>({ ...layer, options: { version: '[0-9]+' } });
  expect(() => defineLanguage({ part, contract: luaContract })).toThrow(
    "the language 'some': its part makes 'nothing', so that nothing of it would be tried; expected is makes: 'language'",
  );
});

test('a server that stands in language.ts is what its images are tried with', () => {
  const server = { ...genericServer, type: 'lua', contract: luaServerContract };
  const { languages: tried } = contractsOf([defineLanguage({ part: lua.part, server, contract: luaContract })]);
  expect(tried).toEqual([servedLua]);
});

test('recipes are those of languages and of their servers, each once', () => {
  expect(recipesOf([pythonLanguage, pythonLanguage]).map(({ name }) => name)).toEqual([
    'python39',
    'python',
    'uwsgi',
    'archive',
    'debian-packages',
  ]);
});

test('a server in the stack is no part that a buildpack looks for', () => {
  const server = definePart({ name: 'serving', kind: 'stack', options: {}, packages: () => ['serving'] }).with({});
  const runner = webserviceRunner([{ ...genericServer, type: 'serving', parts: [server] }]).with({ type: 'serving' });
  expect(runner.needs).toEqual([]);
});
