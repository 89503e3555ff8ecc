import type { ConfigMapKey } from './config-map-reference';
import type { SecretKey } from './secret-reference';
import { renderValue } from './text';

/**
 * Environment variables of one step: texts, variables of parameters and results, or keys of Secrets and ConfigMaps.
 *
 * Arrays have no place in a variable: give them to the step's `args`.
 */
export type Environment = Readonly<Record<string, string | SecretKey | ConfigMapKey>>;

/** Environment of every step. No secret: what every step has is nobody's own. */
export type SharedEnvironment = Readonly<Record<string, string>>;

/** Variables as Kubernetes writes them. */
export function renderEnvironment(env: Environment): object[] {
  return Object.entries<Environment[string] | undefined>(env).map(([name, value]) =>
    typeof value === 'object' && 'toValueFrom' in value
      ? { name, valueFrom: value.toValueFrom() }
      : { name, value: renderValue(value) },
  );
}
