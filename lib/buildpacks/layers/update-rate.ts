import type { Suite } from '../target';

/** When releases came out: https://www.debian.org/releases/ */
export const RELEASED = { bullseye: '2021-08-14', bookworm: '2023-06-10', trixie: '2025-08-09' } as const satisfies Record<
  Suite,
  string
>;

const DAYS = 365.25;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Updates a year of a source.
 *
 * @param updates - the days of its changes since the release; those of one day are one
 * @param today - the day until which they were looked for, such as 2026-11-26
 */
export function updateRate(updates: readonly string[], suite: Suite, today: string): number {
  const days = (Date.parse(today) - Date.parse(RELEASED[suite])) / DAY;
  // What is known of less than a quarter is no rate yet.
  const rate = (new Set(updates).size * DAYS) / Math.max(days, DAYS / 4);
  return Math.round(rate * 100) / 100;
}
