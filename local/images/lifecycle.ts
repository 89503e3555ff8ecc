/** The CNB lifecycle, where builders have it: one program under its phases' names, and the launcher. */
import { basename, join } from 'node:path';
import { chmod, copyFile, mkdtemp, rm, symlink } from 'node:fs/promises';
import { cachePath } from '../directories';
import { run } from '../run';
import { buildFolder, lifecycleVersion, toolPath } from '../toolchain/modules';
import type { PlatformImage } from './platform-image';
import { defineImage } from './platform-image';

const phases = ['analyzer', 'detector', 'restorer', 'builder', 'exporter', 'rebaser'] as const;

// Builds run as a user of their own.
const everybodyReads = 0o755;

/** What decides the programs, for the tag of an image that has them. */
export const lifecycleDefinition = [basename(buildFolder('lifecycle')), phases, everybodyReads] as const;

/** Puts the programs into an image, in /cnb/lifecycle. */
export async function insertLifecycle(image: string): Promise<void> {
  const folder = await mkdtemp(cachePath('temporary', 'lifecycle-'));
  for (const program of ['lifecycle', 'launcher']) await copyFile(toolPath('lifecycle', program), join(folder, program));
  for (const phase of phases) await symlink('lifecycle', join(folder, phase));
  await chmod(folder, everybodyReads);
  await run('umoci', ['insert', '--no-history', '--image', image, folder, '/cnb/lifecycle']);
  await rm(folder, { recursive: true });
}

export function lifecycleImage(): PlatformImage {
  return defineImage({
    repository: 'platform/lifecycle',
    version: lifecycleVersion,
    alias: lifecycleVersion,
    definition: lifecycleDefinition,
    settings: {},
    compose: insertLifecycle,
  });
}
