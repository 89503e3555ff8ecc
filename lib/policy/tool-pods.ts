import type { PodSpec } from '../synth/pod-specs';
import type { Manifest } from '../synth/synthesized';

/**
 * Whether a pod of the object is a tool's: by its label, and by its namespace. Anyone can write the label, but only the namespaces of
 * tools are guarded by Toolforge's own policies.
 */
export function isOfTool({ metadata: { namespace = '' } }: Manifest, { labels }: Pick<PodSpec, 'labels'>): boolean {
  return labels['toolforge'] === 'tool' && namespace.startsWith('tool-');
}
