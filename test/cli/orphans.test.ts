/** Processes that a killed Pulumi leaves behind, with programs of the same names in its place. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOrphans, UP_VARIABLE, upMarker } from '../../cli/orphans';
import { processOf, variableOf } from '../../cli/processes';

const directory = mkdtempSync(join(tmpdir(), 'csb-orphans-'));
const backend = `file://${directory}`;
const plugin = join(directory, 'pulumi-resource-kubernetes');

beforeAll(() => {
  copyFileSync('/bin/sleep', plugin);
  // As Pulumi does: what it starts lives on when it is killed.
  const cli = `#!/bin/sh\n${UP_VARIABLE}="$2" "${plugin}" 600 &\necho $! >"$1"\nwait\n`;
  for (const name of ['pulumi', '.pulumi-wrapped']) {
    writeFileSync(join(directory, name), cli);
    chmodSync(join(directory, name), 0o755);
  }
});
afterAll(() => {
  for (const stack of ['one', 'two']) endOrphans(backend, stack);
  rmSync(directory, { recursive: true });
});

interface Up {
  readonly cli: number;
  readonly plugin: number;
}

/** The marker of an `up` whose csb is gone: no process has this number. */
const ofKilled = (stack: string): string => upMarker(backend, stack).replace(/[^|]*$/, '4194304.1');

/** An `up` of a stack; the pids of its CLI and of its plugin. */
async function up(stack: string, given: { readonly [K in 'name' | 'own' | 'plugins']?: string } = {}): Promise<Up> {
  const { name = 'pulumi', own = upMarker(backend, stack), plugins = own } = given;
  const file = join(directory, `${stack}.pid`);
  rmSync(file, { force: true });
  const env = { ...process.env, [UP_VARIABLE]: own };
  const { pid = 0 } = spawn(join(directory, name), [file, plugins], { env, detached: true, stdio: 'ignore' });
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
  const started = Number(readFileSync(file, 'utf8'));
  // Between fork and exec it is the shell still, and then for a moment without variables.
  const isPlugin = (): boolean => processOf(started)?.name.startsWith('pulumi-resource') === true;
  while (!isPlugin() || variableOf(started, UP_VARIABLE) !== plugins) await sleep(10);
  return { cli: pid, plugin: started };
}

const lives = (pid: number): boolean => processOf(pid) !== undefined;
const ended = async (pid: number): Promise<void> => {
  while (lives(pid)) await sleep(10);
};
async function kill({ cli }: Up): Promise<void> {
  process.kill(cli, 'SIGKILL');
  await ended(cli);
}

test('the plugin of a killed CLI is ended; that of a living one, and that of another stack, are not', async () => {
  const [killed, other] = [await up('one'), await up('two')];
  await kill(killed);
  const living = await up('one');

  expect(endOrphans(backend, 'one')).toBe(1);
  await ended(killed.plugin);
  expect([living, other].flatMap((each) => [each.cli, each.plugin]).map(lives)).toEqual([true, true, true, true]);

  await Promise.all([living, other].map(kill));
  expect(endOrphans(backend, 'one')).toBe(1);
  expect(endOrphans(backend, 'two')).toBe(1);
  await ended(other.plugin);
  expect(endOrphans(backend, 'two')).toBe(0);
});

test('a CLI by another name is left alone as long as the csb that started it lives', async () => {
  const wrapped = await up('one', { name: '.pulumi-wrapped' });
  expect(endOrphans(backend, 'one')).toBe(0);
  await kill(wrapped);
  expect(endOrphans(backend, 'one')).toBe(1);
});

test('a CLI whose csb was killed goes on', async () => {
  const abandoned = await up('one', { own: ofKilled('one') });
  expect(endOrphans(backend, 'one')).toBe(0);
  await kill(abandoned);
  expect(endOrphans(backend, 'one')).toBe(1);
});

test('a `pulumi` of another stack makes nothing live', async () => {
  const other = await up('two', { plugins: ofKilled('one') });
  expect(endOrphans(backend, 'one')).toBe(1);
  await ended(other.cli); // it has nothing to wait for any more
});

test('the number of a csb that is gone makes nothing live: who has it now began at another time', async () => {
  const own = upMarker(backend, 'one').replace(/\.\d+$/, '.1');
  await up('one', { name: '.pulumi-wrapped', own });
  expect(endOrphans(backend, 'one')).toBe(2);
});
