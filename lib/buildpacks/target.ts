/** The code name of a Debian release. */
export type Suite = 'bullseye' | 'bookworm' | 'trixie';

const VERSIONS = { bullseye: '11', bookworm: '12', trixie: '13' } as const satisfies Record<Suite, string>;

/** All of them. */
export const SUITES = Object.keys(VERSIONS) as readonly Suite[];

/**
 * What all images of a stack run on; part of the address of every layer.
 *
 * @see CNB platform 0.15, "Targets"
 */
export interface Target {
  readonly os: 'linux';
  readonly arch: 'amd64';
  readonly distro: { readonly name: 'debian'; readonly version: (typeof VERSIONS)[Suite] };
}

/** The target of a release. */
export function targetOf(suite: Suite): Target {
  return { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: VERSIONS[suite] } };
}

/** What a lock calls the release of a target: `debian 12`. */
export function distroName({ distro }: Target): string {
  return `${distro.name} ${distro.version}`;
}

/** Where programs are looked for in every image, as Debian has it. */
export const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
