import type { Settings } from '../../settings/settings';
import { archivePath, component, type DebianFiles, eachFile } from '../debian/debian-files';

/** A file outside of the Debian archive, pinned by its checksum. */
export interface PinnedUrl {
  /** `https://...`; its last part names the file. */
  readonly url: string;
  /** In lower-case hex. */
  readonly sha256: string;
  /** What a scanner for vulnerabilities should take it for, as a package URL. @see https://github.com/package-url/purl-spec */
  readonly purl: string;
}

/** A package of the npm registry, pinned by the checksum of its archive. */
export interface NpmPackage {
  /** Its name, such as `yarn` or `@types/node`. */
  readonly npm: string;
  readonly version: string;
  /** In lower-case hex. */
  readonly sha256: string;
}

/** Files of the Debian archive, a package of the npm registry, or one file of another place. */
export type PinnedFiles = DebianFiles | NpmPackage | PinnedUrl;

/** A file that a build fetches. */
export interface PinnedFile {
  readonly name: string;
  readonly sha256: string;
  /** Where it is for everyone: its address, or its place on any Debian mirror. */
  readonly origin: string;
  /** What is inside, for scanners. */
  component(distro: string): { readonly name: string; readonly version: string; readonly purl: string };
  /** Where an environment gets it. */
  urlIn(mirror: Settings['mirror']): string;
}

/** Each file by itself, in the order of the declaration. */
export function filesOf(pinned: PinnedFiles): PinnedFile[] {
  if ('npm' in pinned) return [npmFile(pinned)];
  if (!('url' in pinned))
    return eachFile(pinned).map((file) => ({
      name: file.name,
      sha256: file.sha256,
      origin: archivePath(file),
      component: (distro) => component(file, distro),
      urlIn: (mirror) => `${mirror[file.archive]}/${file.path}`,
    }));
  const { url, sha256, purl } = pinned;
  const [, name = '', version = ''] = /^pkg:[^/]+\/(?:.*\/)?([^@/]+)@([^?#]+)/.exec(purl) ?? [];
  const file = url.split('/').at(-1) ?? url;
  return [{ name: file, sha256, origin: url, component: () => ({ name, version, purl }), urlIn: () => url }];
}

function npmFile({ npm, version, sha256 }: NpmPackage): PinnedFile {
  const name = `${npm.split('/').at(-1) ?? npm}-${version}.tgz`;
  const path = `${npm}/-/${name}`;
  return {
    name,
    sha256,
    origin: `npm/${path}`,
    component: () => ({ name: npm, version, purl: `pkg:npm/${npm.replace('@', '%40')}@${version}` }),
    urlIn: (mirror) => `${mirror.npm ?? 'npm'}/${path}`,
  };
}

/** What is wrong with pinned files, where an environment reads these mirrors: a line each. */
export function pinnedProblems(pinned: PinnedFiles, mirror: Settings['mirror']): string[] {
  const sums = filesOf(pinned)
    .filter(({ sha256 }) => !/^[0-9a-f]{64}$/.test(sha256))
    .map(({ name, sha256 }) => `${name}: '${sha256}' is no SHA-256; expected 64 lower-case hex characters`);
  if ('npm' in pinned && mirror.npm === undefined)
    return [
      ...sums,
      `${pinned.npm} ${pinned.version} is a package of npm, and the settings name no registry that builds may read; ` +
        'add one, mirror.npm, or leave out the families that want it',
    ];
  if (!('url' in pinned)) return sums;
  return [
    ...sums,
    ...(/^https:\/\/[^/]+\/.*[^/]$/.test(pinned.url) ? [] : [`'${pinned.url}' is no file by https://`]),
    ...(/^pkg:[a-z]+\/.+@.+$/.test(pinned.purl)
      ? []
      : [`'${pinned.purl}' is no package URL with a version: pkg:<type>/<name>@<version>`]),
  ];
}
