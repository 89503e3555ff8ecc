/** The CNB lifecycle, where builders have it: one program under its phases' names, and the launcher. */
import { basename, join } from 'node:path';
import { mkdtemp, rm, symlink, copyFile } from 'node:fs/promises';
import { cachePath } from '../directories';
import { run } from '../run';
import { buildFolder, lifecycleVersion, toolPath } from '../toolchain/modules';
import type { PlatformImage } from './platform-image';
import { defineImage } from './platform-image';

const phases = ['analyzer', 'detector', 'restorer', 'builder', 'exporter', 'rebaser'] as const;

export function lifecycleImage(): PlatformImage {
  return defineImage({
    repository: 'platform/lifecycle',
    version: lifecycleVersion,
    alias: lifecycleVersion,
    definition: [basename(buildFolder('lifecycle')), phases],
    settings: {},
    compose: async (image) => {
      const folder = await mkdtemp(cachePath('temporary', 'lifecycle-'));
      for (const program of ['lifecycle', 'launcher']) await copyFile(toolPath('lifecycle', program), join(folder, program));
      for (const phase of phases) await symlink('lifecycle', join(folder, phase));
      await run('umoci', ['insert', '--no-history', '--image', image, folder, '/cnb/lifecycle']);
      await rm(folder, { recursive: true });
    },
  });
}
