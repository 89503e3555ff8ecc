import { unsized } from '../lib/buildpacks/debian/locked-packages';
import type { LockFile, StackLock } from '../lib/buildpacks/stack/lock-file';
import { contentHash } from '../lib/synth/content-hash';
import { columns } from '../local/columns';
import { listed } from './listed';

/** A stack that was locked anew. */
export interface Relocked {
  readonly name: string;
  readonly before: StackLock;
  readonly after: Pick<LockFile, 'abi' | 'base' | 'run' | 'build'>;
  /** By package, the suites whose index has the version of `after`. */
  readonly origins: Readonly<Record<string, readonly string[]>>;
}

/** A package that stacks have in another version now. */
export interface PackageMove {
  readonly package: string;
  /** Undefined for one that is new. */
  readonly from?: string;
  /** Undefined for one that is gone. */
  readonly to?: string;
  /** The suites whose index has `to`, such as `bookworm-security`. */
  readonly origin: readonly string[];
  /** Of which locks. */
  readonly stacks: readonly string[];
}

const SETS = ['base', 'run', 'build'] as const;

/** What differs in locks, by name; the same change of several stacks, from the same origin, once. */
export function packageMoves(stacks: readonly Relocked[]): PackageMove[] {
  const moves = new Map<string, PackageMove>();
  for (const { name, before, after, origins } of stacks)
    for (const set of SETS) {
      const [old, now] = [before[set] ?? {}, after[set] ?? {}];
      for (const each of new Set([...Object.keys(old), ...Object.keys(now)])) {
        const [from, to] = [old[each]?.version, now[each]?.version];
        if (from === to) continue;
        const origin = to === undefined ? [] : (origins[each] ?? []);
        const key = [each, from, to, ...origin].join(' ');
        const known = moves.get(key)?.stacks ?? [];
        const of = known.includes(name) ? known : [...known, name];
        const versions = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        moves.set(key, { package: each, ...versions, origin, stacks: of });
      }
    }
  return [...moves.values()].sort((one, other) => one.package.localeCompare(other.package));
}

/** These changes as a table, then a line for each stack: what becomes of its images, and why. */
export function renderRelocked(stacks: readonly Relocked[]): string[] {
  const rows = packageMoves(stacks).map(({ package: name, from = 'new', to = 'gone', origin, stacks: of }) => [
    name,
    from,
    to,
    listed(origin),
    listed(of),
  ]);
  const table = rows.length === 0 ? [] : [columns([['package', 'from', 'to', 'origin', 'in'], ...rows])];
  return [...table, ...stacks.map(stackLine)];
}

function stackLine(stack: Relocked): string {
  const { name, before, after } = stack;
  const count = packageMoves([stack]).length;
  const changed = count === 0 ? 'nothing changed' : count === 1 ? '1 package changed' : `${count} packages changed`;
  if (before.abi.distro === '') return `${name}: locked for the first time`;
  const why = interfaceWords(before, after);
  if (why !== '') return `${name}: ${changed}; images will be rebuilt, as ${why}`;
  const isOfRun = (['base', 'run'] as const).some(
    (set) => contentHash(unsized(before[set] ?? {})) !== contentHash(unsized(after[set] ?? {})),
  );
  return `${name}: ${changed}${count === 0 ? '' : isOfRun ? '; images will be rebased' : '; only what builds images is made anew'}`;
}

/** Why programs have to be built again. */
function interfaceWords({ abi: before }: StackLock, { abi: after }: Relocked['after']): string {
  const lost = before.sonames.filter((each) => !after.sonames.includes(each));
  const come = after.sonames.filter((each) => !before.sonames.includes(each));
  return [
    ...(before.distro === after.distro ? [] : [`it is of ${after.distro}, and was of ${before.distro}`]),
    ...(contentHash(before.environment) === contentHash(after.environment) ? [] : ['it has other variables']),
    ...(lost.length === 0 ? [] : [`it has no more ${listed(lost)}`]),
    ...(come.length === 0 ? [] : [`it has ${listed(come)} now`]),
  ].join('; ');
}
