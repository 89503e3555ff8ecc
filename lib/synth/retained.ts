import type { Manifest } from './synthesized';

const ANNOTATION = 'cloud-services-buildpacks.toolforge.org/on-delete';

/** The annotation of an object that outlives its declaration: others depend on it, so deployment forgets it instead of deleting it. */
export const RETAIN_ON_DELETE = { [ANNOTATION]: 'retain' } as const;

/** Whether the object stays in the cluster when it is declared no more. */
export function isRetained({ metadata }: Manifest): boolean {
  return metadata.annotations?.[ANNOTATION] === 'retain';
}
