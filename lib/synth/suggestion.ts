import { distance } from 'fastest-levenshtein';

/** Names that differ by more than this share of their letters are not taken for a slip of the pen. */
const SLIP = 0.4;

/** The name that was probably meant, or the two or three that are as near, else all that are possible. */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is allowed here';
  const least = Math.min(...known.map((each) => distance(name, each)));
  const nearest = known.filter((each) => distance(name, each) === least);
  const isSlip = nearest.every((each) => least <= Math.ceil(each.length * SLIP));
  if (isSlip && nearest.length <= 3) return `did you mean ${nearest.map((each) => `'${each}'`).join(' or ')}?`;
  return `there are ${[...known].sort().join(', ')}`;
}
