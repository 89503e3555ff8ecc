import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseAbandonedLock } from '../../cli/abandoned-lock';

const home = mkdtempSync(join(tmpdir(), 'csb-home-'));
const project = mkdtempSync(join(tmpdir(), 'csb-project-'));
jest.mock('node:os', () => ({ ...jest.requireActual<object>('node:os'), userInfo: () => ({ homedir: home }) }));
const said = jest.spyOn(console, 'log');
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
const release = (url: string): Promise<void> =>
  releaseAbandonedLock({ name: 'mine', workspace: { workDir: project } }, 'csb-test-no-such-backend', url);
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
