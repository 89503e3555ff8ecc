import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseAbandonedLock } from '../../cli/abandoned-lock';
import { UP_VARIABLE, upMarker } from '../../cli/orphans';

const home = mkdtempSync(join(tmpdir(), 'csb-home-'));
const project = mkdtempSync(join(tmpdir(), 'csb-project-'));
jest.mock('node:os', () => ({ ...jest.requireActual<object>('node:os'), userInfo: () => ({ homedir: home }) }));
const said = jest.spyOn(console, 'error');
beforeEach(() => {
  said.mockReturnValue();
});
afterEach(() => {
  said.mockReset();
  rmSync(join(home, '.pulumi'), { recursive: true, force: true });
});
afterAll(() => {
  for (const each of [home, project]) rmSync(each, { recursive: true });
});

interface Holder {
  readonly pid: number;
  readonly hostname: string;
  readonly timestamp?: string;
}

/** A lock in a backend, as Pulumi writes it. */
function lock(folder: string, name: string, holder: Holder): string {
  const directory = join(folder, '.pulumi/locks/organization/cloud-services-buildpacks/mine');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${name}.json`);
  writeFileSync(file, JSON.stringify({ timestamp: '2026-11-25T10:00:00Z', ...holder }));
  writeFileSync(`${file}.attrs`, '{}');
  return file;
}
const BACKEND = 'csb-test-no-such-backend';
const release = (url: string): Promise<void> =>
  releaseAbandonedLock({ name: 'mine', workspace: { workDir: project } }, BACKEND, url);
// No process has this number: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html, pid_max
const DEAD = { pid: 4194304, hostname: hostname() };
const ELSEWHERE = { ...DEAD, hostname: 'elsewhere' };

test.each([
  ['file://~', home],
  ['file://~/deep', join(home, 'deep')],
  ['file://./state', join(project, 'state')],
])('the lock of a dead up in %s is taken away, and nothing of it stays', async (url, folder) => {
  const file = lock(folder, 'dead', DEAD);
  await release(url);
  expect(said.mock.calls.flat().join()).toContain('An earlier `up` was killed');
  expect([file, `${file}.attrs`].filter((each) => existsSync(each))).toEqual([]);
});

test('a process that began after the lock was made has only got its number, whatever it is', async () => {
  const file = lock(home, 'reused', { pid: process.pid, hostname: hostname(), timestamp: '2020-01-01T00:00:00Z' });
  await release('file://~');
  expect(existsSync(file)).toBe(false);
});

describe('when the clock was set forward, so that what runs seems to have begun after the lock was made', () => {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const each of running.splice(0)) each.kill('SIGKILL');
  });

  /** A lock of a process of this name and marker, made long before it seems to have begun. */
  function heldBy(name: string, marker: string | undefined): { readonly file: string; readonly holder: ChildProcess } {
    const program = join(project, name);
    copyFileSync('/bin/sleep', program);
    const { [UP_VARIABLE]: _, ...env } = process.env;
    const holder = spawn(program, ['600'], { env: { ...env, ...(marker !== undefined && { [UP_VARIABLE]: marker }) } });
    running.push(holder);
    return {
      file: lock(home, 'held', { pid: holder.pid ?? 0, hostname: hostname(), timestamp: '2020-01-01T00:00:00Z' }),
      holder,
    };
  }

  test.each([
    ["this stack's, by whatever name it goes", '.pulumi-wrapped', upMarker(BACKEND, 'mine')],
    ['one that somebody has started without csb', 'pulumi', undefined],
  ])('a living pulumi keeps its lock until it ends: %s', async (_, name, marker) => {
    const { file, holder } = heldBy(name, marker);
    const released = release('file://~');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(existsSync(file)).toBe(true);
    holder.kill('SIGKILL');
    await released;
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ["another stack's pulumi", 'pulumi', upMarker(BACKEND, 'other')],
    ['another program', 'something', undefined],
  ])('%s has only got the number of what made the lock', async (_, name, marker) => {
    const { file } = heldBy(name, marker);
    await release('file://~');
    expect(existsSync(file)).toBe(false);
  });
});

test('a living process is waited for by whatever name it goes; the lock of a dead one beside it is taken away', async () => {
  const living = lock(home, 'living', { pid: process.pid, hostname: hostname(), timestamp: new Date().toISOString() });
  const dead = lock(home, 'dead', DEAD);
  const released = release('file://~');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([living, dead].map((each) => existsSync(each))).toEqual([true, false]);
  expect(said.mock.calls.flat().join()).toContain(`Another \`up\` of 'mine' is running (process ${process.pid}, since `);
  rmSync(living);
  await released;
});

test('the locks of other machines are left alone, and named; that of a dead up of this one is not', async () => {
  const [dead, ...others] = [
    lock(home, 'dead', DEAD),
    lock(home, 'one', ELSEWHERE),
    lock(home, 'two', { ...ELSEWHERE, pid: 12 }),
  ];
  await expect(release('file://~')).rejects.toThrow(
    "the Pulumi stack 'mine' is locked by process 4194304 on elsewhere since 2026-11-25T10:00:00Z and process 12 on elsewhere since " +
      '2026-11-25T10:00:00Z; when they are dead: pulumi cancel --stack mine',
  );
  expect([dead, ...others].map((each) => existsSync(each))).toEqual([false, true, true]);
});

test('what is no folder is left alone', async () => {
  const file = lock(home, 'dead', DEAD);
  await release('s3://bucket');
  expect(existsSync(file)).toBe(true);
});
