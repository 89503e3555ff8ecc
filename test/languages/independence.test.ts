/** A language more changes nothing of the images of others: one in the stack, and one in a layer, compiled, with a server of its own. */
import { join } from 'node:path';
import { Family, type FamilyPlatform } from '../../languages/family';
import { defineLanguage } from '../../languages/language';
import { languages } from '../../languages/languages';
import { genericServer } from '../../languages/webservice-runner/server';
import { readSettings } from '../../lib/settings/settings';
import type { EnvironmentApp } from '../../lib/synth/app';
import type { Manifest } from '../../lib/synth/synthesized';
import { definePart } from '../../lib/images/part';
import { Bookworm } from '../../stacks/bookworm';
import { declareEnvironment } from '../../stacks/environment';
import { PlatformChart } from '../../stacks/platform-chart';
import { buildpack, locked } from '../buildpacks/house';
import { lua } from '../examples/lua';
import { runParameters } from '../tekton/manifests';
import { luaContract } from '../toolforge/lua/contract';

const settings = readSettings(join(__dirname, '../..'), 'local');
const source = { archive: 'debian', pool: 'pool/main/f/forth', files: { 'forth_1.0.orig.tar.gz': '0'.repeat(64) } } as const;
const needs = { bookworm: { build: ['build-essential', 'libforth-dev'], run: ['libforth1', 'zlib1g'] } };
const recipe = { name: 'forth', script: '#!/bin/bash\n# Compiles it.\nset -euo pipefail\n', needs };

const forthPart = definePart<{ readonly version: `1.${number}` }>({
  name: 'forth',
  kind: 'layer',
  buildpack: buildpack('forth'),
  options: { version: '1\\.[0-9]+' },
  makes: 'language',
  runtimes: { releases: { bookworm: [{ version: '1.0.3', from: { kind: 'source', recipe, source } }] } },
  facade: () => ({ '/usr/bin/forth': '/layers/toolforge_forth/forth/bin/forth' }),
});
const forth = defineLanguage<`1.${number}`>({
  part: forthPart,
  server: { ...genericServer, type: 'forth', runner: '#!/bin/bash\nexec forth\n' },
  contract: { ...luaContract, items: [] },
});

const only = <T>(found: readonly T[]): T => {
  const [one] = found;
  if (one === undefined) throw new Error('there is none');
  return one;
};
const all = (app: EnvironmentApp) => app.node.findAll();

/** The environment with both languages, each with its images. */
function withMore(): EnvironmentApp {
  const app = declareEnvironment('local', settings, {}, [lua, ...languages, forth]);
  const { chartProps, images } = only(all(app).filter((each): each is PlatformChart => each instanceof PlatformChart));
  const { stack: on } = only(all(app).filter((each): each is Bookworm => each instanceof Bookworm));
  const lock = (stack: string, run: readonly string[], build: readonly string[] = []): FamilyPlatform => {
    const abi = { ...on.abi };
    return { chartProps, images, readLock: () => ({ stack, abi, run: locked(run), build: locked(build) }) };
  };
  const luaLock = lock('bookworm-lua54', ['lua5.4', 'luarocks']);
  new Family(app, 'lua54', { platform: luaLock, on, language: lua.at('5.4') });
  const forthLock = lock('bookworm-forth1', ['libforth1'], ['build-essential', 'libforth-dev']);
  new Family(app, 'forth1', { platform: forthLock, on, language: forth.at('1.0') });
  return app;
}

const objectsOf = (app: EnvironmentApp): Manifest[] => app.synthesize().objects.map(({ manifest }) => manifest);
const before = objectsOf(declareEnvironment('local', settings, {}));
const after = objectsOf(withMore());
const named = ({ kind, metadata }: Manifest): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

test('every object of the others is what it was, to the byte', () => {
  const now = new Map(after.map((each) => [named(each), JSON.stringify(each)]));
  expect(before.filter((each) => now.get(named(each)) !== JSON.stringify(each)).map(named)).toEqual([]);
});

test('they have images of their own', () => {
  const there = new Set(before.map(named));
  const more = after.filter((each) => each.kind === 'PipelineRun' && !there.has(named(each)));
  expect(more.map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}-1$/, '')).sort()).toEqual([
    ...['bookworm-forth1-build-image', 'bookworm-forth1-run-image', 'bookworm-lua54-build-image', 'bookworm-lua54-run-image'],
    ...['forth-1-0-3-runtime', 'forth1-builder', 'forth1-sssd-base', 'forth1-sssd-web'],
    ...['lua54-builder', 'lua54-sssd-base', 'lua54-sssd-web'],
  ]);
  const runs = after.filter(({ kind }) => kind === 'PipelineRun');
  expect(runParameters(runs, 'lua54-sssd-base')).toMatchObject({
    descriptor: '{"format":1,"name":"lua54-sssd-base","parts":{}}',
    family: '{"kind":"base","language":{"lua":"5.4"}}',
  });
  expect(runParameters(runs, 'lua54-sssd-web')).toMatchObject({
    descriptor: '{"format":1,"name":"lua54-sssd-web","parts":{"webservice-runner":{"type":"generic"}}}',
    family: '{"kind":"web","language":{"lua":"5.4"}}',
  });
  expect(runParameters(runs, 'forth1-sssd-web')['descriptor']).toContain('"forth":{"version":"1.0"}');
});

test('what the distro cannot compile is compiled in the build image of the language', () => {
  const runs = after.filter(({ kind }) => kind === 'PipelineRun');
  const imageOf = (run: string): string | undefined => runParameters(runs, run)['image'];
  expect(runParameters(runs, 'forth-1-0-3-runtime')['build-image']).toBe(imageOf('bookworm-forth1-build-image'));
  expect(runParameters(runs, 'python-3-11-2-runtime')['build-image']).toBe(imageOf('bookworm-build-image'));
});
