/** Where Pulumi's plugin comes from; a program in place of Go says its version, and nothing is compiled. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version as packageVersion } from '@pulumi/kubernetes/package.json';
import { ensurePlugin, isPluginLaid, removePluginLink } from '../../../local/toolchain/kubernetes-plugin';
import { pulumiKubernetesVersion, toolPath } from '../../../local/toolchain/modules';

const root = mkdtempSync(join(tmpdir(), 'csb-plugin-'));
const home = join(root, 'pulumi');
const folder = join(home, `plugins/resource-kubernetes-v${pulumiKubernetesVersion}`);
const plugin = join(folder, 'pulumi-resource-kubernetes');
const before = { ...process.env };

const write = (file: string, content: string, mode = 0o644): void => {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content, { mode });
};
const build = jest.fn(() => {
  write(toolPath('pulumi-kubernetes', 'pulumi-resource-kubernetes'), 'built');
  return Promise.resolve();
});
const download = jest.fn<Promise<void>, []>();
const impossible = (): Promise<void> => Promise.resolve();
const possible = (): Promise<void> => {
  write(plugin, 'downloaded');
  return Promise.resolve();
};
const lay = (): ReturnType<typeof ensurePlugin> => ensurePlugin({ download, build });

beforeAll(() => {
  write(join(root, 'bin/go'), '#!/bin/sh\necho go1.25.11 linux amd64\n', 0o755);
  const PATH = `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`;
  Object.assign(process.env, { PATH, PULUMI_HOME: home, XDG_CACHE_HOME: join(root, 'cache') });
});
beforeEach(() => {
  rmSync(home, { recursive: true, force: true });
  jest.clearAllMocks();
});
afterAll(() => {
  process.env = before;
  rmSync(root, { recursive: true });
});

test('it is of the version of the package that programs import', () => {
  expect(pulumiKubernetesVersion).toBe(packageVersion);
});

test('where Pulumi can download it, that is used, and asked for once', async () => {
  download.mockImplementation(possible);
  expect(await lay()).toBe('downloaded');
  expect(await lay()).toBeUndefined();
  expect(download).toHaveBeenCalledTimes(1);
  expect(build).not.toHaveBeenCalled();
  expect(readFileSync(plugin, 'utf8')).toBe('downloaded');
});

test('where it cannot, the folder has a link to the one that is built', async () => {
  download.mockImplementation(impossible);
  expect(isPluginLaid()).toBe(false);
  expect(await lay()).toBe('built');
  expect(isPluginLaid()).toBe(true);
  expect(readFileSync(plugin, 'utf8')).toBe('built');
});

test('the link of another checkout is replaced, without another attempt to download', async () => {
  const other = join(root, 'cache/cloud-services-buildpacks/toolchain/pulumi-kubernetes-other/pulumi-resource-kubernetes');
  write(other, 'other');
  mkdirSync(folder, { recursive: true });
  symlinkSync(other, plugin);
  expect(isPluginLaid()).toBe(false);
  expect(await lay()).toBe('built');
  expect(readlinkSync(plugin)).toBe(toolPath('pulumi-kubernetes', 'pulumi-resource-kubernetes'));
  expect(download).not.toHaveBeenCalled();
});

test('half a download counts for nothing', async () => {
  download.mockImplementation(() => {
    write(`${folder}.partial`, '');
    return possible();
  });
  expect(await lay()).toBe('built');
  expect(readFileSync(plugin, 'utf8')).toBe('built');
  expect(isPluginLaid()).toBe(true);
});

test('with the caches the link goes, and nothing that Pulumi has downloaded', async () => {
  download.mockImplementation(possible);
  await lay();
  await removePluginLink();
  expect(existsSync(plugin)).toBe(true);
  rmSync(home, { recursive: true });
  download.mockImplementation(impossible);
  await lay();
  await removePluginLink();
  expect(existsSync(folder)).toBe(false);
});
