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

const said = jest.spyOn(console, 'log');
beforeEach(() => {
  on('2026-11-25');
  said.mockReset();
  pushed.length = 0;
});
afterAll(() => jest.useRealTimers());

/** Makes it this day. */
function on(day: string): void {
  jest.useFakeTimers({ now: Date.parse(`${day}T12:00:00Z`), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
}

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
  expect(settings.toolbox).toBe(`${at}/toolbox:2026-11-25@${digests.toolbox}`);
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

const toolboxPushed = (): string | undefined =>
  pushed.map((command) => command.at(-1)).find((each) => each?.includes('/toolbox:'));

test('later on it says how old the packages are, and keeps the toolbox of that day', async () => {
  writeFileSync(file, begun);
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  const [once, first] = [readFileSync(file, 'utf8'), toolboxPushed()];
  expect(said.mock.calls.flat()).toContain("The toolbox's packages are of today.");

  on('2026-12-05');
  pushed.length = 0;
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  expect(said.mock.calls.flat()).toContain(
    "The toolbox's packages are of 2026-11-25, 10 days ago, or newer; to renew them: npm run csb -- --environment mine bootstrap --update",
  );
  expect([readFileSync(file, 'utf8'), toolboxPushed()]).toEqual([once, first]);
});

test('an update is another toolbox, of this day', async () => {
  writeFileSync(file, begun);
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  const first = toolboxPushed();

  on('2026-12-05');
  pushed.length = 0;
  await bootstrap('mine', { auth: '/nowhere/config.json', update: true });
  expect(toolboxPushed()).not.toBe(first);
  expect(readSettings(root, 'mine').toolbox).toContain('/platform/toolbox:2026-12-05@sha256:');
  expect(said.mock.calls.flat()).toContain("The toolbox's packages are of today.");
});

test("the day of another environment's toolbox, whose settings were copied, is not that of this one", async () => {
  writeFileSync(file, begun.replace(/:toolbox: .*/, `:toolbox: registry.test/platform/toolbox:2026-01-01@${digests.toolbox}`));
  await bootstrap('mine', { auth: '/nowhere/config.json' });
  expect(readSettings(root, 'mine').toolbox).toContain('/platform/toolbox:2026-11-25@sha256:');
});
