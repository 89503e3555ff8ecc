import { Family, type FamilyProps } from '../../languages/family';
import { contractsOf } from '../../languages/contracts';
import { defineLanguage } from '../../languages/language';
import { recipesOf } from '../../languages/languages';
import { python as pythonLanguage } from '../../languages/python/language';
import { webserviceRunner } from '../../languages/webservice-runner/part';
import { genericServer } from '../../languages/webservice-runner/server';
import { definePart } from '../../lib/images/part';
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { abi, buildpack, type Changes, distroProps, house, locked, python } from '../buildpacks/house';
import { lua } from '../examples/lua';
import { runParameters } from '../tekton/manifests';
import { luaContract, luaServerContract, servedLua } from '../toolforge/lua/contract';

const toolforge = {
  project: 'tools',
  mounts: 'admission' as const,
  contractTools: [
    { name: 'one', uid: 50001 },
    { name: 'two', uid: 50002 },
  ] satisfies [object, object],
  demo: false,
};

/** A family on the distro of the house. */
function declare(props: Partial<FamilyProps> = {}, changes: Changes = {}) {
  const { app, chart, making, distro, manifests } = house(changes);
  const images = new PlatformImagePipeline(chart, 'images', {
    ...{ ...making, toolforge, publicTags: ['latest'], environment: 'tools', pins: {}, contracts: contractsOf([lua]) },
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
    contractAccess: new ContractAccess(chart, 'access', { namespace: 'builds', tools: contractTools(toolforge) }),
  });
  const readLock = (stack: string) => ({ stack, abi, run: locked(['lua5.4', 'luarocks', 'nano']), build: {} });
  const platform = { chartProps: { namespace: 'builds', after: [chart] }, images, readLock };
  const family = new Family(app, 'lua54', { platform, on: distro, language: lua.at('5.4'), ...props });
  return { family, manifests };
}

test('a language in the stack is packages there, and its base image is its run image', () => {
  const { family, manifests } = declare({ packages: ['nano'] });
  expect(family.stack.name).toBe('distro-lua54');
  expect(family.stack.packages).toEqual({ run: ['nano', 'lua5.4', 'luarocks'], build: [] });
  expect(family.builder.runtimes).toEqual([]);
  expect(family.builder.order.map((group) => group.map(({ id }) => id.replace('toolforge/', '')))).toEqual([
    ['plain-image'],
    ['webservice-runner', 'platform-image', 'procfile'],
    ['procfile'],
  ]);
  expect(Object.keys(family.stack.content.links)).toContain('/usr/bin/webservice-runner');
  expect(runParameters(manifests(), 'lua54-sssd-web')['family']).toBe('{"kind":"web","language":{"lua":"5.4"}}');
});

test('a family without webservices has nothing for them', () => {
  const { family } = declare({ images: ['base'] });
  expect(family.parts.map(({ name }) => name)).toEqual(['lua']);
  expect(family.stack.content.links).toEqual({});
  expect(family.image('base').name).toBe('lua54-sssd-base');
  expect(() => family.image('web')).toThrow("lua54 has no image 'web', but base");
});

test('what leads to the runner on the distro already, leads there in the family, too', () => {
  const facade = webserviceRunner([]).with({ type: 'generic' }).facade;
  const { family, manifests } = declare({}, { distro: { ...distroProps, facade } });
  expect(Object.keys(facade)).toEqual(['/usr/bin/webservice-runner']);
  expect(family.stack.content.links).toEqual(facade);
  expect(() => manifests()).not.toThrow();
});

test('a version that nothing is there to make is refused, with those that there are', () => {
  const language = defineLanguage({ part: python, contract: luaContract }).at('3.9');
  expect(() => declare({ language })).toThrow(
    "lua54: the part 'python' 3.9 has no release for bookworm, which has none; add one to its `releases`",
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
    'python',
    'uwsgi',
    'archive',
    'debian-packages',
  ]);
});
