/** Processes that a killed Pulumi leaves behind, with programs of the same names in its place. */
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOrphans, UP_VARIABLE, upMarker } from '../../cli/orphans';

const directory = mkdtempSync(join(tmpdir(), 'csb-orphans-'));
const backend = `file://${directory}`;
const cli = join(directory, 'pulumi');
const plugin = join(directory, 'pulumi-resource-kubernetes');

beforeAll(() => {
  copyFileSync('/bin/sleep', plugin);
  // As Pulumi does: what it starts lives on when it is killed.
  writeFileSync(cli, `#!/bin/sh\n"${plugin}" 600 &\necho $! >"$1"\nwait\n`);
  chmodSync(cli, 0o755);
});
afterAll(() => {
  for (const stack of ['one', 'two']) endOrphans(backend, stack);
  rmSync(directory, { recursive: true });
});

/** An `up` of a stack; the pids of its CLI and of its plugin. */
async function up(stack: string): Promise<{ readonly cli: number; readonly plugin: number }> {
  const file = join(directory, `${stack}.pid`);
  rmSync(file, { force: true });
  const env = { ...process.env, [UP_VARIABLE]: upMarker(backend, stack) };
  const { pid = 0 } = spawn(cli, [file], { env, detached: true, stdio: 'ignore' });
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await sleep(10);
  return { cli: pid, plugin: Number(readFileSync(file, 'utf8')) };
}

const lives = (pid: number): boolean => {
  try {
    // A zombie waits for its parent and does nothing more.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};
const ended = async (pid: number): Promise<void> => {
  while (lives(pid)) await sleep(10);
};

test('the plugin of a killed CLI is ended; that of a living one, and that of another stack, are not', async () => {
  const [killed, other] = [await up('one'), await up('two')];
  process.kill(killed.cli, 'SIGKILL');
  await ended(killed.cli);
  const living = await up('one');

  expect(endOrphans(backend, 'one')).toBe(1);
  await ended(killed.plugin);
  expect([living, other].flatMap((each) => [each.cli, each.plugin]).map(lives)).toEqual([true, true, true, true]);

  for (const each of [living, other]) process.kill(each.cli, 'SIGKILL');
  await Promise.all([living, other].map((each) => ended(each.cli)));
  expect(endOrphans(backend, 'one')).toBe(1);
  expect(endOrphans(backend, 'two')).toBe(1);
  expect(endOrphans(backend, 'two')).toBe(0);
});
