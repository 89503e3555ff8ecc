import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../cli/bootstrap';
import { lifecycleOf } from '../../lib/buildpacks/lifecycle';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';

const root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
const digests = { toolbox: `sha256:${'a'.repeat(64)}`, lifecycle: `sha256:${'b'.repeat(64)}` };

/** The commands of csb-registry, which answers as if it had pushed. */
const pushed: string[][] = [];

jest.mock('../../cli/pulumi-stack', () => ({
  get ROOT() {
    return root;
  },
}));
jest.mock('../../local/toolchain/build', () => ({ ensureBuilt: () => Promise.resolve() }));
jest.mock('../../local/images/platform-image', () => ({
  ...jest.requireActual<object>('../../local/images/platform-image'),
  ensureComposed: () => Promise.resolve(),
}));
jest.mock('../../local/run', () => ({
  run: (_: string, command: string[]) => {
    pushed.push(command);
    const key = (['toolbox', 'lifecycle'] as const).find((each) => command.at(-1)?.includes(`/platform/${each}:`));
    return Promise.resolve({ exitCode: 0, stdout: `${digests[key ?? 'toolbox']}\n` });
  },
}));

beforeEach(() => {
  jest.spyOn(console, 'log').mockReturnValue();
  pushed.length = 0;
});
afterEach(() => jest.restoreAllMocks());

const file = join(root, 'Pulumi.mine.yaml');
const tools = readFileSync(join(__dirname, '../../Pulumi.tools.yaml'), 'utf8');
const begun = tools
  .replace(/(host: .*)/, '$1\n    prefix: cloud/images')
  .replace(/:(toolbox|lifecycle): .*/g, ':$1: registry.test/anything:1');

test('settings without digests are enough to begin with, and have them afterwards: all that is declared can be synthesized', async () => {
  writeFileSync(file, begun);
  expect(() => readSettings(root, 'mine')).toThrow('--environment mine bootstrap');
  await bootstrap('mine', { auth: '/nowhere/config.json' });

  const settings = readSettings(root, 'mine');
  const at = `${settings.registry.host}/cloud/images/platform`;
  expect(settings.toolbox).toBe(`${at}/toolbox@${digests.toolbox}`);
  expect(settings.lifecycle).toBe(`${at}/lifecycle:0.21.0@${digests.lifecycle}`);
  expect(lifecycleOf(settings.lifecycle).version).toBe('0.21.0');
  expect(() => declareEnvironment('mine', settings).synthesize()).not.toThrow();
});

test('what is pushed is tagged by what it is made of, which is never moved', async () => {
  writeFileSync(file, begun);
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  expect(pushed.map((command) => command.at(-1))).toEqual([
    expect.stringMatching(/\/cloud\/images\/platform\/toolbox:bookworm-[0-9a-f]{12}$/),
    expect.stringMatching(/\/cloud\/images\/platform\/lifecycle:0\.21\.0-[0-9a-f]{12}$/),
  ]);
});

test('a second time changes nothing', async () => {
  writeFileSync(file, begun);
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  const once = readFileSync(file, 'utf8');
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  expect(readFileSync(file, 'utf8')).toBe(once);
});
