const NAMED = 3;

/** Names in a sentence: four of them, or three and how many more there are. */
export function listed(names: readonly string[]): string {
  return names.length <= NAMED + 1 ? names.join(', ') : `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}
