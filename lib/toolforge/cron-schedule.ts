/** When a scheduled job runs: five fields of cron, or a word of Kubernetes' for them. Times are UTC. Made by `cronSchedule()`. */
export type CronSchedule = string & { readonly __brand: 'CronSchedule' };

const FIELDS = [
  { name: 'minute', first: 0, last: 59, names: [] },
  { name: 'hour', first: 0, last: 23, names: [] },
  { name: 'day of the month', first: 1, last: 31, names: [] },
  { name: 'month', first: 1, last: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', first: 0, last: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
] as const;

const WORDS = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly'];

/**
 * A schedule as cron writes it: `17 3 * * *`, `0 8 * * mon-fri`, `@daily`.
 *
 * Of jobs-api's own way to spread `@daily` over the day by the name of the job there is nothing here: what is declared is what runs.
 *
 * @throws Error naming the field, its value and what it can be
 */
export function cronSchedule(text: string): CronSchedule {
  if (WORDS.includes(text)) return text as CronSchedule;
  const values = text.split(/ +/);
  if (text.startsWith('@') || values.length !== FIELDS.length)
    throw new Error(
      `'${text}' is no schedule: expected are five fields (${FIELDS.map(({ name }) => name).join(', ')}) ` +
        `or one of ${WORDS.join(', ')}. Write '17 3 * * *' for every day at 03:17 UTC`,
    );
  FIELDS.forEach((field, i) => {
    for (const part of (values[i] ?? '').split(','))
      if (!isPart(part, field))
        throw new Error(
          `'${text}' is no schedule: its ${field.name} is '${part}'; expected is *, a number from ${field.first} to ${field.last}` +
            `${field.names.length > 0 ? ` or ${field.names.join(', ')}` : ''}, a range of them such as ${field.first}-${field.last}, ` +
            'a step such as */2, or a list of these',
        );
  });
  return text as CronSchedule;
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
