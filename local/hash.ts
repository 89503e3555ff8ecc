/** Names for what is defined by its content. */
import { createHash } from 'node:crypto';

/** The beginning of the SHA-256 of all parts, one after the other. */
export function shortHash(length: number, ...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, length);
}
