import { existsSync } from 'node:fs';
import { lock } from '../../cli/lock';
import { inToolbox } from '../../cli/toolbox';
import { lockFile } from '../../stacks/locks/read-lock';
import { house } from '../buildpacks/house';

// What talks to the cluster and to Pulumi, which is not what this test is about, and whose packages jest cannot read.
jest.mock('../../cli/toolbox', () => ({ inToolbox: jest.fn() }));
jest.mock('../../cli/pulumi-stack', () => ({ useClusterOf: () => ({}) }));
jest.mock('../../stacks/environment', () => ({
  declareEnvironment: () => house({ names: { distro: 'renamed' } }).app,
}));

test('a stack that would not read the lock written for it is refused before anything is resolved', async () => {
  await expect(lock('local', [])).rejects.toThrow(
    "chart/renamed has another lock than stacks/locks/renamed.json, which is to be written; declare it with readLock('renamed')",
  );
  expect(inToolbox).not.toHaveBeenCalled();
  expect(existsSync(lockFile('renamed'))).toBe(false);
});

test('a stack that there is not is answered with those that there are', async () => {
  await expect(lock('local', ['renamed', 'none'])).rejects.toThrow("there is no stack 'none'. There are: renamed, language");
});
