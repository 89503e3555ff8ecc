const LONGEST = 60_000;

/** The same in lists of about the length, as JSON, that a variable of a pod holds. */
export function batches<T>(all: readonly T[]): T[][] {
  const found: T[][] = [];
  let room = 0;
  for (const each of all) {
    const { length } = JSON.stringify(each);
    if (length > room) {
      found.push([]);
      room = LONGEST;
    }
    room -= length;
    found.at(-1)?.push(each);
  }
  return found;
}
