import type { CurrentImage, GoneImage } from './catalogue';

/**
 * Where a legacy image is on its way over:
 *
 * - `legacy`: the legacy repository builds it, and nothing here declares it
 * - `building`: its declaration is being written and tried; `testing` is ours, `latest` stays the legacy one: no run moves it
 * - `shadow`: the same, and those who use it are asked to try `testing`
 * - `promoted`: all public tags follow what is declared here
 */
export type Moving = 'legacy' | 'building' | 'shadow' | 'promoted';

/** An image that nobody builds any more. */
export interface Retired {
  /** The day, or the month where nobody knows the day. */
  readonly retired: `${number}-${number}` | `${number}-${number}-${number}`;
  /** For whoever still runs it, and asks. */
  readonly because: string;
}

/** Where an image stands. */
export type Standing = Moving | Retired;

/** Every legacy image, and where it stands: none is left out, and none is made up. */
export type Ledger = Readonly<Record<CurrentImage, Standing> & Record<GoneImage, Retired>>;

/** What was retired at once. */
export function retired<const Name extends CurrentImage | GoneImage>(
  on: Retired['retired'],
  because: string,
  ...names: readonly Name[]
): Readonly<Record<Name, Retired>> {
  return Object.fromEntries(names.map((name) => [name, { retired: on, because }])) as Readonly<Record<Name, Retired>>;
}

/** A standing in one word. */
export const stateOf = (standing: Standing): Moving | 'retired' => (typeof standing === 'string' ? standing : 'retired');
