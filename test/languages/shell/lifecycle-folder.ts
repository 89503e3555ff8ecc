import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildFolder } from '../../../local/toolchain/modules';

/** The folder that holds the lifecycle: the one given as CSB_LIFECYCLE, or that of the embedded platform, or undefined. */
export function lifecycleFolder(): string | undefined {
  const given = process.env['CSB_LIFECYCLE'];
  if (given !== undefined) return given;
  try {
    const folder = buildFolder('lifecycle');
    return existsSync(join(folder, 'lifecycle')) ? folder : undefined;
  } catch {
    return undefined;
  }
}
