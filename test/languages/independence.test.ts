/** A language more changes nothing of the images of others: one in the stack, and one in a layer, compiled, with a server of its own. */
import { withAllFamilies } from '../../cli/images-of-the-way';
import { join } from 'node:path';
import { Family } from '../../languages/family';
import { defineLanguage } from '../../languages/language';
import { languages } from '../../languages/languages';
import { genericServer } from '../../languages/webservice-runner/server';
import { readSettings } from '../../lib/settings/settings';
import type { EnvironmentApp } from '../../lib/synth/app';
import type { Manifest } from '../../lib/synth/synthesized';
import { definePart } from '../../lib/images/part';
import { Bookworm } from '../../stacks/bookworm';
import { declareEnvironment } from '../../stacks/environment';
import { buildpack, locked } from '../buildpacks/house';
import { runParameters } from '../tekton/manifests';
import { luaContract } from '../toolforge/lua/contract';

// Both have names that no language has, so that these can be beside whichever there are.
const stacked = defineLanguage<'1.0'>({
  part: definePart<{ readonly version: '1.0' }>({
    name: 'stacked',
    options: { version: '1\\.0' },
    makes: 'language',
    kind: 'stack',
    packages: () => ['stacked', 'stacked-tools'],
  }),
  contract: luaContract,
});

const settings = withAllFamilies(readSettings(join(__dirname, '../..'), 'local'));
const source = { archive: 'debian', pool: 'pool/main/f/laid', files: { 'laid_1.0.orig.tar.gz': '0'.repeat(64) } } as const;
const needs = { bookworm: { build: ['build-essential', 'liblaid-dev'], run: ['liblaid1', 'zlib1g'] } };
const recipe = { name: 'laid', script: '#!/bin/bash\n# Compiles it.\nset -euo pipefail\n', needs };

const laidPart = definePart<{ readonly version: `1.${number}` }>({
  name: 'laid',
  kind: 'layer',
  buildpack: buildpack('laid'),
  options: { version: '1\\.[0-9]+' },
  makes: 'language',
  runtimes: { releases: { bookworm: [{ version: '1.0.3', from: { kind: 'source', recipe, source } }] } },
  facade: () => ({ '/usr/bin/laid': '/layers/toolforge_laid/laid/bin/laid' }),
});
const laid = defineLanguage<`1.${number}`>({
  part: laidPart,
  server: { ...genericServer, type: 'laid', runner: '#!/bin/bash\nexec laid\n' },
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
  const app = declareEnvironment('local', settings, {}, [stacked, ...languages, laid]);
  const on = only(all(app).filter((each): each is Bookworm => each instanceof Bookworm));
  const lock = (stack: string, run: readonly string[], build: readonly string[] = []) => ({
    ...{ stack, abi: on.stack.abi, run: locked(run), build: locked(build) },
  });
  // As `csb lock` extends the plan.
  on.base.layers?.layers.unshift({ name: 'more', packages: ['liblaid-dev', 'liblaid1', 'stacked', 'stacked-tools'] });
  const stackedLock = lock('bookworm-stacked1', ['stacked', 'stacked-tools']);
  new Family(app, 'stacked1', { lock: stackedLock, on, language: stacked.at('1.0') });
  const laidLock = lock('bookworm-laid1', ['liblaid1'], ['build-essential', 'liblaid-dev']);
  new Family(app, 'laid1', { lock: laidLock, on, language: laid.at('1.0') });
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
    ...['bookworm-laid1-build-image', 'bookworm-laid1-run-image', 'bookworm-stacked1-run-image'],
    ...['laid-1-0-3-runtime', 'laid1-builder', 'laid1-sssd-base', 'laid1-sssd-web'],
    ...['stacked1-sssd-base', 'stacked1-sssd-web'],
  ]);
  const runs = after.filter(({ kind }) => kind === 'PipelineRun');
  expect(runParameters(runs, 'stacked1-sssd-base')).toMatchObject({
    descriptor: '{"format":1,"name":"stacked1-sssd-base","parts":{}}',
    family: '{"kind":"base","language":{"stacked":"1.0"}}',
  });
  expect(runParameters(runs, 'stacked1-sssd-web')).toMatchObject({
    descriptor: '{"format":1,"name":"stacked1-sssd-web","parts":{"webservice-runner":{"type":"generic"}}}',
    family: '{"kind":"web","language":{"stacked":"1.0"}}',
  });
  expect(runParameters(runs, 'laid1-sssd-web')['descriptor']).toContain('"laid":{"version":"1.0"}');
});

test('what the distro cannot compile is compiled in the build image of the language', () => {
  const runs = after.filter(({ kind }) => kind === 'PipelineRun');
  const imageOf = (run: string): string | undefined => runParameters(runs, run)['image'];
  expect(runParameters(runs, 'laid-1-0-3-runtime')['build-image']).toBe(imageOf('bookworm-laid1-build-image'));
  expect(runParameters(runs, 'python-3-11-2-runtime')['build-image']).toBe(imageOf('bookworm-build-image'));
});
