import { gunzipSync } from 'node:zlib';
import { hostAddress, packageCachePort } from '../../../local/addresses';
import type { LockedPackages } from '../../../lib/buildpacks/debian/locked-packages';
import type { StackLock } from '../../../lib/buildpacks/stack/lock-file';
import type { Checkout } from '../checkout';

/** What is updated together, since the packages of one source depend on each other's exact version. The first is looked for in pods. */
const SOURCES = [['libssl3', 'openssl', 'libssl-dev'], ['libexpat1', 'libexpat1-dev'], ['unzip'], ['zip']] as const;

const LOCKS = ['bookworm', 'bookworm-devel', 'bookworm-python311'].map((name) => `stacks/locks/${name}.json`);

export interface SecurityUpdate {
  /** The package to look for. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** All that change. */
  readonly packages: readonly string[];
}

/**
 * Takes the locks of a checkout back to before a security update: the mirror still has the version of the last point release beside the
 * newer one of the security archive.
 *
 * @returns what the update changes, and how to make it
 */
export async function takeBack(checkout: Checkout): Promise<SecurityUpdate & { readonly update: () => void }> {
  const released = await pointRelease();
  const current = LOCKS.map((file) => checkout.read(file));
  const locked = packagesOf(current.map((text) => JSON.parse(text) as StackLock));
  const packages = SOURCES.find((names) =>
    names.every((name) => locked[name] && released[name] && locked[name].version !== released[name].version),
  );
  if (packages === undefined)
    throw new Error(
      `the mirror has no older version of any of ${SOURCES.map(([name]) => name).join(', ')}; add a source to SOURCES`,
    );
  LOCKS.forEach((file) => {
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
      LOCKS.forEach((file, i) => {
        checkout.edit(file, () => current[i] ?? '');
      });
    },
  };
}

function packagesOf(locks: readonly StackLock[]): LockedPackages {
  return Object.assign({}, ...locks.flatMap(({ base, run, build }) => [base ?? {}, run, build])) as LockedPackages;
}

/** What the archive itself has, apart from security updates. */
async function pointRelease(): Promise<LockedPackages> {
  const index = `http://${hostAddress}:${packageCachePort}/debian/dists/bookworm/main/binary-amd64/Packages.gz`;
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${index}: ${response.status}`);
  const text = gunzipSync(Buffer.from(await response.arrayBuffer())).toString('utf8');
  const field = (stanza: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
  const wanted = new Set<string>(SOURCES.flat());
  const stanzas = text.split('\n\n').filter((stanza) => wanted.has(field(stanza, 'Package')));
  return Object.fromEntries(
    stanzas.map((stanza) => [field(stanza, 'Package'), { version: field(stanza, 'Version'), sha256: field(stanza, 'SHA256') }]),
  );
}
