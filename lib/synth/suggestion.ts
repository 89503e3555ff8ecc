import { closest, distance } from 'fastest-levenshtein';

/** Names that differ by more than this share of their letters are not taken for a slip of the pen. */
const SLIP = 0.4;

/** The name that was probably meant, else all that are possible. */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is allowed here';
  const nearest = closest(name, known);
  if (distance(name, nearest) <= Math.ceil(nearest.length * SLIP)) return `did you mean '${nearest}'?`;
  return `there are ${[...known].sort().join(', ')}`;
}
