/** The walk-through of languages/README.md, in a copy of the checkout: it compiles, lacks nothing but a lock, and changes nothing of others. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { LayerPlan } from '../../lib/buildpacks/layers/layer-plan';
import { copiedCheckout } from '../copied-checkout';
import { shownCommands, shownFiles, walkThrough } from './walk-through';

const copy = copiedCheckout();
const read = (file: string): string => readFileSync(join(copy, file), 'utf8');
const synth = (): SpawnSyncReturns<string> =>
  spawnSync('node', ['--require', './cli/require.cjs', 'main.ts'], { cwd: copy, encoding: 'utf8' });

beforeAll(() => {
  walkThrough(copy);
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

test('by hand are six files, none of them in lib/; the rest are commands', () => {
  expect(shownFiles.map(({ path }) => path)).toEqual([
    ...['languages/lua/language.ts', 'languages/lua/contract/contract.ts', 'languages/lua/contract/checks/lua.sh'],
    ...['languages/languages.ts', 'stacks/lua54.ts', 'stacks/families.ts'],
  ]);
  expect(shownCommands).toEqual(['npm run csb -- lock bookworm-lua54', 'npm run synth', 'npm run csb -- up']);
});

test('README.md declares the same language and family, in fewer than 20 lines', () => {
  const declared = (path: string): string => read(path).replace(/^[^]*?(?=\/\*\*)/, '');
  const example = `${declared('languages/lua/language.ts')}\n${declared('stacks/lua54.ts')}`;
  expect(/\n## A language, declared\n\n```ts\n([^]*?)```/.exec(read('README.md'))?.[1]).toBe(example);
  expect(example.trimEnd().split('\n').length).toBeLessThan(20);
});

test('what is written by hand compiles, and so does all else beside it', () => {
  const { config } = ts.readConfigFile(join(copy, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    readonly config: object;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, copy);
  const found = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
  const host = { getCurrentDirectory: () => copy, getCanonicalFileName: (path: string) => path, getNewLine: () => '\n' };
  expect(ts.formatDiagnostics(found, host)).toBe('');
});

test('all that synthesis finds missing is the lock', () => {
  const { status, stderr } = synth();
  const problems = stderr.split('\n').filter((line) => line.startsWith('  - '));
  expect(status).toBe(1);
  expect(problems).not.toEqual([]);
  for (const each of problems)
    expect(each).toMatch(/lua54\/bookworm-lua54.*((?:is|are) not in the lock|it has never been locked)/);
});

/** The objects of all environments; each begins with its file in dist/ and `# <path of its construct>`. */
function objects(): readonly string[] {
  const files = readdirSync(join(copy, 'dist'), { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.yaml'));
  return files.flatMap((file) =>
    read(join('dist', file))
      .split(/^---\n/m)
      .slice(1)
      .map((object) => `${file} ${object}`),
  );
}

/** The constructs that objects are of, whichever environments have them. */
function pathsOf(found: readonly string[]): readonly string[] {
  return [...new Set(found.map((each) => /(?<= # ).*/.exec(each)?.[0] ?? each))].sort();
}

test('with a lock, every object of all other images is what it was, to the byte', () => {
  const { abi } = JSON.parse(read('stacks/locks/bookworm.json')) as { readonly abi: object };
  const run = Object.fromEntries(['lua5.4', 'lua-socket'].map((name) => [name, { version: '1.0-1', sha256: 'a'.repeat(64) }]));
  writeFileSync(join(copy, 'stacks/locks/bookworm-lua54.json'), JSON.stringify({ stack: 'bookworm-lua54', abi, run, build: {} }));
  // As `csb lock` extends the plan.
  const plan = JSON.parse(read('stacks/locks/bookworm.layers.json')) as LayerPlan;
  plan.layers.unshift({ name: 'lua5.4', packages: ['lua-socket', 'lua5.4'] });
  writeFileSync(join(copy, 'stacks/locks/bookworm.layers.json'), JSON.stringify(plan));
  const before = new Set(objects());
  const names = read('dist/tools/image-config.yaml');
  expect(synth()).toMatchObject({ status: 0, stderr: '' });
  const after = new Set(objects());
  // What people type is one object for all: it has the new name, and all others as they were.
  expect(pathsOf([...before].filter((each) => !after.has(each)))).toEqual(['image-config/image-config']);
  const added = read('dist/tools/image-config.yaml').slice(names.length);
  expect(read('dist/tools/image-config.yaml')).toBe(names + added);
  const host = /image: ([^/]+)\//.exec(names)?.[1] ?? '';
  expect(added).toBe(`    lua54:
      image: ${host}/toolforge-lua54-sssd-web
      state: stable
      aliases:
        - toolforge-lua54-sssd-base
        - toolforge-lua54-sssd-web
      variants:
        jobs-framework:
          image: ${host}/toolforge-lua54-sssd-base
        webservice:
          image: ${host}/toolforge-lua54-sssd-web
          extra:
            wstype: generic
            resources: default
`);
  expect(pathsOf([...after].filter((each) => !before.has(each)))).toEqual([
    ...['image-config/image-config', 'lua54/bookworm-lua54/run-image', 'lua54/lua54-sssd-base/run', 'lua54/lua54-sssd-web/run'],
    ...['platform/images/contract-base-lua', 'platform/images/contract-web-lua'],
  ]);
});
