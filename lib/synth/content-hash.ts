import { createHash } from 'node:crypto';

/**
 * The SHA-256 of a value's canonical JSON, in lower-case hex (64 characters).
 *
 * Keys are sorted, so that the order in which a declaration was written does not matter; the order of lists does. Keys whose value is
 * undefined do not count.
 */
export function contentHash(value: object | string): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
  }
  return value === undefined ? 'null' : JSON.stringify(value);
}
