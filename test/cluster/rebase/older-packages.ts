import { gunzipSync } from 'node:zlib';
import { hostAddress, packageCachePort } from '../../../local/addresses';
import type { LockedPackages } from '../../../lib/buildpacks/debian/locked-packages';
import type { StackLock } from '../../../lib/buildpacks/stack/lock-file';
import type { Checkout } from '../checkout';

/** What is updated together, since the packages of one source depend on each other's exact version. */
type Source = readonly [string, ...string[]];

/** The first of each is looked for in pods. */
const SOURCES: readonly Source[] = [['libssl3', 'openssl', 'libssl-dev'], ['libexpat1', 'libexpat1-dev'], ['unzip'], ['zip']];

const LOCKS = ['bookworm.json', 'bookworm-devel.json', 'bookworm-python311.json'];

export interface SecurityUpdate {
  /** The package to look for. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** All that change. */
  readonly packages: readonly string[];
}

/** What is taken back. */
export interface TakenBack {
  /** The first of these of which the mirror has another version; the packages of each are updated together. @default SOURCES */
  readonly sources?: readonly Source[];
  /** The locks, by the names of their files. @default LOCKS */
  readonly locks?: readonly string[];
}

/**
 * Takes the locks of a checkout back to before a security update: the mirror still has the version of the last point release beside the
 * newer one of the security archive.
 *
 * @returns what the update changes, and how to make it
 */
export async function takeBack(
  checkout: Checkout,
  { sources = SOURCES, locks = LOCKS }: TakenBack = {},
): Promise<SecurityUpdate & { readonly update: () => void }> {
  const released = await pointRelease(new Set(sources.flat()));
  const files = locks.map((name) => `stacks/locks/${name}`);
  const current = files.map((file) => checkout.read(file));
  const locked = packagesOf(current.map((text) => JSON.parse(text) as StackLock));
  const packages = sources.find((names) =>
    names.every((name) => locked[name] && released[name] && locked[name].version !== released[name].version),
  );
  if (packages === undefined)
    throw new Error(`the mirror has no older version of any of ${sources.map(([name]) => name).join(', ')}; add a source`);
  files.forEach((file) => {
    checkout.edit(file, (text) => {
      const lock = JSON.parse(text) as StackLock;
      for (const set of [lock.base ?? {}, lock.run, lock.build])
        for (const name of packages) if (set[name]) set[name] = released[name] as LockedPackages[string];
      return JSON.stringify(lock);
    });
  });
  const [name] = packages;
  return {
    name,
    before: released[name]?.version ?? '',
    after: locked[name]?.version ?? '',
    packages,
    update: () => {
      files.forEach((file, i) => {
        checkout.edit(file, () => current[i] ?? '');
      });
    },
  };
}

function packagesOf(locks: readonly StackLock[]): LockedPackages {
  return Object.assign({}, ...locks.flatMap(({ base, run, build }) => [base ?? {}, run, build])) as LockedPackages;
}

/** What the archive itself has, apart from security updates. */
async function pointRelease(wanted: ReadonlySet<string>): Promise<LockedPackages> {
  const index = `http://${hostAddress}:${packageCachePort}/debian/dists/bookworm/main/binary-amd64/Packages.gz`;
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8');
  const field = (stanza: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
  const stanzas = text.split('\n\n').filter((stanza) => wanted.has(field(stanza, 'Package')));
  return Object.fromEntries(
    stanzas.map((stanza) => [field(stanza, 'Package'), { version: field(stanza, 'Version'), sha256: field(stanza, 'SHA256') }]),
  );
}
