import type { Facts, PackageFacts } from '../lib/buildpacks/layers/planned-image';
import { updateRate } from '../lib/buildpacks/layers/update-rate';
import type { Suite } from '../lib/buildpacks/target';
import { steadyPackages } from '../stacks/steady-packages';

/** What the scripts of `csb lock` and `csb plan-layers` say of packages (lib/buildpacks/debian/package-facts.sh). */
export interface SaidOfPackages {
  readonly facts: Readonly<Record<string, { readonly source: string; readonly bytes: number }>>;
  /** By source, the days of its changes; without those whose changelog was not read. */
  readonly updates: Readonly<Record<string, readonly string[]>>;
}

/** What is known of the packages of a release, as layer plans take it. */
export interface KnownPackages {
  readonly facts: Facts;
  /** Those that the mirror does not name: they count as a source of their own that is never updated. */
  readonly unknown: readonly string[];
}

/**
 * The facts of packages.
 *
 * @param names - all that a plan is asked for
 * @param today - until when updates were looked for, such as 2026-11-26
 */
export function knownPackages(
  names: Iterable<string>,
  said: SaidOfPackages,
  { suite, today, steady = steadyPackages }: { suite: Suite; today: string; steady?: typeof steadyPackages },
): KnownPackages {
  const facts = new Map<string, PackageFacts>();
  const unknown: string[] = [];
  for (const name of [...new Set(names)].sort()) {
    const found = said.facts[name];
    if (found === undefined) unknown.push(name);
    const { source, bytes } = found ?? { source: name, bytes: 0 };
    const rate = steady[name]?.rate ?? updateRate(said.updates[source] ?? [], suite, today);
    facts.set(name, { source, bytes, rate });
  }
  return { facts, unknown };
}

/** What people are told of these, a line each. */
export function unknownLines(unknown: readonly string[]): string[] {
  return unknown.map((each) => `the mirror has no package ${each}: it counts as nothing in the layer plan`);
}

/** Today, as changelogs are compared with it. */
export const today = (): string => new Date().toISOString().slice(0, 10);
