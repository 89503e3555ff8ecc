import type { Settings } from '../../settings/settings';

/** The main archive, or that of security updates. */
type Archive = Exclude<keyof Settings['mirror'], 'npm'>;

/** Files of the Debian archive, pinned by their checksums: one source package, or packages that lie in one folder of the pool. */
export interface DebianFiles {
  /** The archive that has them. */
  readonly archive: Archive;
  /** Their folder, such as `pool/main/p/python3.11`. */
  readonly pool: string;
  /** The SHA-256 of each file, in lower-case hex, as the archive's Sources and Packages indices give it. */
  readonly files: Readonly<Record<string, string>>;
}

/** Files of the main archive of Debian. */
export function fromDebian(pool: string, files: DebianFiles['files']): DebianFiles {
  return { archive: 'debian', pool, files };
}

/** Files of the archive of security updates. */
export function fromSecurity(pool: string, files: DebianFiles['files']): DebianFiles {
  return { archive: 'security', pool, files };
}

/** A file of the archive: where it is and what it has to be. */
export interface DebianFile {
  readonly name: string;
  readonly sha256: string;
  /** Below the mirror's address. */
  readonly path: string;
  readonly archive: Archive;
}

/** Each file by itself, in the order of the declaration. */
export function eachFile({ archive, pool, files }: DebianFiles): DebianFile[] {
  return Object.entries(files).map(([name, sha256]) => ({ name, sha256, path: `${pool}/${name}`, archive }));
}

const ARCHIVES = { debian: 'debian', security: 'debian-security' } as const satisfies Readonly<Record<Archive, string>>;

/** Where the file is on any mirror of Debian, whichever one an environment reads. */
export function archivePath({ archive, path }: DebianFile): string {
  return `${ARCHIVES[archive]}/${path}`;
}

/** What a scanner for vulnerabilities has to know of a package: `name_version_architecture.deb`, or a source's `name_version.dsc`. */
export function component({ name }: DebianFile, distro: string): { name: string; version: string; purl: string } {
  const [packageName = '', version = '', architecture = 'source'] = name.replace(/\.(deb|dsc|orig\.tar\.\w+)$/, '').split('_');
  const purl = `pkg:deb/debian/${packageName}@${encodeURIComponent(version)}?arch=${architecture}&distro=${distro}`;
  return { name: packageName, version, purl };
}
