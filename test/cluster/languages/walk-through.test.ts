/** The walk-through of languages/README.md to its end, by its own commands: Lua's images are built, tried and promoted, and run Lua. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { registryName } from '../../../local/addresses';
import { shownCommands, walkThrough } from '../../languages/walk-through';
import { kubectl } from '../checkout';
import { WholeCheckout } from '../rebase/whole-checkout';

const NAMESPACE = 'test-new-language';
const STACK = 'platform/bookworm-lua54-run';
const checkout = new WholeCheckout(NAMESPACE, NAMESPACE);
const image = (kind: string): string => `${registryName}/${NAMESPACE}/toolforge-lua54-sssd-${kind}:latest`;
const commands = [...shownCommands];
const locks = (): readonly string[] => readdirSync(join(checkout.directory, 'stacks/locks'));

/** Runs the next command of the walk-through, which has to end well. */
async function next(begins: string): Promise<string> {
  const line = commands.shift() ?? '';
  if (!line.startsWith(begins)) throw new Error(`languages/README.md has '${line}' where '${begins} ...' was expected`);
  const { code, output } = await checkout.shell(line);
  if (code !== 0) throw new Error(`${line} ended with ${code}:\n${output}`);
  return output;
}

async function forgetAll(): Promise<void> {
  await checkout.forgetImages();
  await checkout.forgetImages([STACK]);
}

/** What a program of an image says, in a pod of a tool's namespace. */
function said(kind: string, ...command: readonly string[]): string {
  const { namespace = '' } = checkout.tools[0] ?? {};
  const pod = `lua-${kind}`;
  kubectl('--namespace', namespace, 'run', pod, '--image', image(kind), '--restart=Never', '--command', '--', ...command);
  kubectl('--namespace', namespace, 'wait', `pod/${pod}`, '--for=jsonpath={.status.phase}=Succeeded', '--timeout=120s');
  return kubectl('--namespace', namespace, 'logs', pod);
}

beforeAll(async () => {
  await forgetAll();
  // Of a running environment, whose namespace the lock's pod is in; `up` takes it over.
  kubectl('create', 'namespace', NAMESPACE);
  kubectl('annotate', 'namespace', NAMESPACE, 'cloud-services-buildpacks.toolforge.org/path=platform/namespace');
  walkThrough(checkout.directory);
  checkout.edit('Pulumi.local.yaml', (text) =>
    text.replace(/:families: .*/, ':families: [lua54]').replace('demo: true', 'demo: false'),
  );
});
afterAll(async () => {
  await checkout.remove();
  await forgetAll();
});

test('the lock is one file more', async () => {
  const before = locks();
  await next('npm run csb -- lock');
  expect(locks().filter((each) => !before.includes(each))).toEqual(['bookworm-lua54.json']);
  const { run } = JSON.parse(checkout.read('stacks/locks/bookworm-lua54.json')) as { readonly run: object };
  expect(Object.keys(run)).toEqual(expect.arrayContaining(['lua5.4', 'lua-socket']));
});

test('synthesis lacks nothing', async () => {
  await next('npm run synth');
  for (const environment of ['local', 'tools'])
    expect(existsSync(join(checkout.directory, `dist/${environment}/lua54.yaml`))).toBe(true);
});

test('both images are built, keep their contract, and are public', async () => {
  const output = await next('npm run csb -- up');
  for (const kind of ['base', 'web'])
    expect(output).toMatch(new RegExp(`lua54-sssd-${kind}-[0-9a-f]{10}-1 succeeded: built in .*`));
  expect(commands).toEqual([]);
}, 1_200_000);

test.each(['base', 'web'])('the public lua54-sssd-%s runs Lua 5.4', (kind) => {
  expect(said(kind, 'lua', '-v')).toMatch(/^Lua 5\.4\./);
});
