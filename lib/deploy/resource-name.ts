import type { SynthesizedObject } from '../synth/synthesized';
import { isRun } from './run-outcome';

/**
 * The name of an object's Pulumi resource, if its construct has this path.
 *
 * A run's spec is part of it: another spec is another run, never an update or a replacement of the old one.
 */
export function resourceName(path: string, { manifest }: Pick<SynthesizedObject, 'manifest'>): string {
  return isRun(manifest) ? `${path}#${/-([0-9a-f]{10})-\d+$/.exec(manifest.metadata.name)?.[1] ?? manifest.metadata.name}` : path;
}
