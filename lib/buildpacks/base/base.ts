import { join } from 'node:path';
import { type Address, addressOf } from '../../registry/registry';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { script } from '../../tekton/script';
import { type LockedPackages, withApt } from '../debian/locked-packages';

/**
 * The distro root filesystem on which stacks stand.
 *
 * `debian` is made from Debian packages by mmdebstrap.
 */
export interface DebianBase {
  readonly kind: 'debian';
  /** The release's code name; updates and security updates are always part of it. */
  readonly suite: 'bullseye' | 'bookworm' | 'trixie';
  /** Package names beyond the essential ones and apt. */
  readonly packages: readonly string[];
}

const steps = join(__dirname, 'steps');

/** The scripts that make a base, in the order in which they run. Their text is part of every base's address. */
export const BASE_SCRIPTS = {
  rootFilesystem: withApt(script(steps, 'root-filesystem.sh')),
  assemble: script(steps, 'assemble.sh'),
} as const;

/** The address of a base: what is in it and how it is made, not the mirror that serves the packages nor the registry that takes it. */
export function baseAddress({ kind, suite, packages }: DebianBase, lock: LockedPackages): Address {
  mustBePackages(packages);
  const { rootFilesystem, assemble } = BASE_SCRIPTS;
  return addressOf({
    kind,
    suite,
    packages: [...packages].sort(),
    lock,
    recipe: [rootFilesystem, assemble, REGISTRY_SCRIPTS.push],
  });
}

// https://www.debian.org/doc/debian-policy/ch-controlfields.html#source
const PACKAGE = /^[a-z0-9][a-z0-9+.-]+$/;

function mustBePackages(packages: readonly string[]): void {
  const wrong = packages.filter((name, i) => !PACKAGE.test(name) || packages.indexOf(name) < i);
  if (wrong.length > 0)
    throw new Error(
      `packages: ${wrong.map((name) => `'${name}'`).join(', ')}: each must be the name of a Debian package, and stand once`,
    );
}
