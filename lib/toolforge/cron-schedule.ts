/** When a scheduled job runs: the five fields of cron, or a word of Kubernetes' for them. Times are UTC. */
export type CronSchedule = `${string} ${string} ${string} ${string} ${string}` | (typeof WORDS)[number];

const FIELDS = [
  { name: 'minute', first: 0, last: 59, names: [] },
  { name: 'hour', first: 0, last: 23, names: [] },
  { name: 'day of the month', first: 1, last: 31, names: [] },
  { name: 'month', first: 1, last: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', first: 0, last: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
] as const;

const WORDS = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'] as const;

/**
 * What is wrong with a schedule: `17 3 * * *`, `0 8 * * mon-fri` and `@daily` are right.
 *
 * Of jobs-api's own way to spread `@daily` over the day by the name of the job there is nothing here: what is declared is what runs.
 *
 * @returns a line for each field that cannot be, with its value and what it can be
 */
export function scheduleProblems(text: string): string[] {
  if ((WORDS as readonly string[]).includes(text)) return [];
  const values = text.split(/ +/);
  if (text.startsWith('@') || values.length !== FIELDS.length)
    return [
      `'${text}' is no schedule: expected are five fields (${FIELDS.map(({ name }) => name).join(', ')}) ` +
        `or one of ${WORDS.join(', ')}. Write '17 3 * * *' for every day at 03:17 UTC`,
    ];
  return FIELDS.flatMap((field, i) => {
    const part = (values[i] ?? '').split(',').find((each) => !isPart(each, field));
    if (part === undefined) return [];
    return [
      `'${text}' is no schedule: its ${field.name} is '${part}'; expected is *, a number from ${field.first} to ${field.last}` +
        `${field.names.length > 0 ? ` or ${field.names.join(', ')}` : ''}, a range of them such as ${field.first}-${field.last}, ` +
        'a step such as */2, or a list of these',
    ];
  });
}

function isPart(part: string, { first, last, names }: (typeof FIELDS)[number]): boolean {
  const [, range = '', step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
  if (range === '' || (step !== undefined && Number(step) > last)) return false;
  if (range === '*') return true;
  const ends = range.split('-').map((end) => {
    const named = (names as readonly string[]).indexOf(end.toLowerCase());
    return named >= 0 ? named + first : /^\d+$/.test(end) ? Number(end) : Number.NaN;
  });
  const [from = Number.NaN, to = from] = ends;
  return ends.length <= 2 && from >= first && from <= to && to <= last;
}
