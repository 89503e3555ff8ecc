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
  return Object.entries<Environment[string] | undefined>(env).map(([name, value]) => {
    if (typeof value === 'object' && 'toValueFrom' in value) return { name, valueFrom: value.toValueFrom() };
    // The API server keeps no empty value: with one, no object would ever be as it is declared.
    return value === '' ? { name } : { name, value: renderValue(value) };
  });
}
