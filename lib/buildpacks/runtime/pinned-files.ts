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

/** Files of the Debian archive, or one file of another place. */
export type PinnedFiles = DebianFiles | PinnedUrl;

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

/** What is wrong with pinned files: a line each. */
export function pinnedProblems(pinned: PinnedFiles): string[] {
  const sums = filesOf(pinned)
    .filter(({ sha256 }) => !/^[0-9a-f]{64}$/.test(sha256))
    .map(({ name, sha256 }) => `${name}: '${sha256}' is no SHA-256; expected 64 lower-case hex characters`);
  if (!('url' in pinned)) return sums;
  return [
    ...sums,
    ...(/^https:\/\/[^/]+\/.*[^/]$/.test(pinned.url) ? [] : [`'${pinned.url}' is no file by https://`]),
    ...(/^pkg:[a-z]+\/.+@.+$/.test(pinned.purl)
      ? []
      : [`'${pinned.purl}' is no package URL with a version: pkg:<type>/<name>@<version>`]),
  ];
}
