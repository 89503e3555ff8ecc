/** The code name of a Debian release. */
export type Suite = 'bullseye' | 'bookworm' | 'trixie';

const VERSIONS = { bullseye: '11', bookworm: '12', trixie: '13' } as const satisfies Record<Suite, string>;

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
