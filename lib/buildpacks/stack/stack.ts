import type { DebianBase } from '../base/base';
import type { StackLock } from './lock-file';

/**
 * A base plus packages, which gives a run image and a build image of one target.
 *
 * The images of a stack that extends another stand on the other's run image, so that a node has the layers of both once.
 */
export interface Stack {
  /** A DNS label, such as `bookworm-python311`. */
  readonly name: string;
  /** What it stands on: a base, or another stack. */
  readonly extends: DebianBase | Stack;
  readonly packages: {
    /** In the run image, and so in the build image as well. */
    readonly run: readonly string[];
    /** In the build image only. */
    readonly build: readonly string[];
  };
  /** Variables of the run image's environment beyond PATH. @default - those of the stack that it extends */
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of the run image, by their absolute path, readable by everyone. @default - none */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * The path facade: links of the run image, from the paths of legacy images to where buildpacks lay the same things. A build fails when
   * a link would hide a file of a package.
   *
   * @default - none
   */
  readonly facade?: Readonly<Record<string, string>>;
  /** The exact packages, from `csb lock`. */
  readonly lock: StackLock;
}

/** What all images of a stack run on; part of every layer's address. */
export interface Target {
  readonly os: 'linux';
  readonly arch: 'amd64';
  readonly distro: { readonly name: 'debian'; readonly version: '11' | '12' | '13' };
}

const VERSIONS = { bullseye: '11', bookworm: '12', trixie: '13' } as const satisfies Record<DebianBase['suite'], string>;

/** The stack itself, the one that it extends, and so on. */
export function stacksOf(stack: Stack): Stack[] {
  return 'kind' in stack.extends ? [stack] : [stack, ...stacksOf(stack.extends)];
}

/** The base at the bottom. */
export function baseOf(stack: Stack): DebianBase {
  return 'kind' in stack.extends ? stack.extends : baseOf(stack.extends);
}

export function targetOf(stack: Stack): Target {
  return { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: VERSIONS[baseOf(stack).suite] } };
}

/** The environment of the run image, with PATH. */
export function environmentOf(stack: Stack): Record<string, string> {
  const inherited = stacksOf(stack)
    .reverse()
    .map(({ environment }) => environment ?? {});
  return Object.assign({ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }, ...inherited) as Record<
    string,
    string
  >;
}
