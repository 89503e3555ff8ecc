import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseAbandonedLock } from '../../cli/abandoned-lock';

// Pulumi's packages, which jest cannot read.
jest.mock('../../cli/pulumi-words', () => ({ inItsWords: (work: Promise<unknown>) => work }));
const home = mkdtempSync(join(tmpdir(), 'csb-home-'));
const project = mkdtempSync(join(tmpdir(), 'csb-project-'));
jest.mock('node:os', () => ({ ...jest.requireActual<object>('node:os'), userInfo: () => ({ homedir: home }) }));
afterAll(() => {
  for (const each of [home, project]) rmSync(each, { recursive: true });
});

/** A stack whose backend has a lock; `pulumi cancel` takes it away. */
function locked(folder: string, by: { readonly pid: number; readonly hostname: string }) {
  const directory = join(folder, '.pulumi/locks/organization/cloud-services-buildpacks/mine');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'lock.json');
  writeFileSync(file, JSON.stringify({ ...by, timestamp: '2026-11-25T10:00:00Z' }));
  const cancel = jest.fn(() => {
    rmSync(file);
    return Promise.resolve();
  });
  return { file, cancel, stack: { name: 'mine', workspace: { workDir: project }, cancel } };
}
const release = (stack: object, url: string): Promise<void> =>
  releaseAbandonedLock(stack as Parameters<typeof releaseAbandonedLock>[0], 'csb-test-no-such-backend', url);
// No process has this number: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html, pid_max
const DEAD = { pid: 4194304, hostname: hostname() };

test.each([
  ['file://~', home],
  ['file://~/deep', join(home, 'deep')],
  ['file://./state', join(project, 'state')],
])('the lock of a dead up in %s is taken away', async (url, folder) => {
  const said = jest.spyOn(console, 'log').mockImplementation();
  const { stack, cancel, file } = locked(folder, DEAD);
  await release(stack, url);
  expect(said.mock.calls.flat().join()).toContain('An earlier `up` was killed');
  expect(cancel).toHaveBeenCalledTimes(1);
  expect(existsSync(file)).toBe(false);
  said.mockRestore();
});

test('the lock of another machine is left alone', async () => {
  const { stack, cancel } = locked(home, { ...DEAD, hostname: 'elsewhere' });
  await expect(release(stack, 'file://~')).rejects.toThrow(/is locked by process \d+ on elsewhere .*pulumi cancel --stack mine/);
  expect(cancel).not.toHaveBeenCalled();
});

test('what is no folder is left alone', async () => {
  const { stack, cancel } = locked(home, DEAD);
  await release(stack, 's3://bucket');
  expect(cancel).not.toHaveBeenCalled();
});
