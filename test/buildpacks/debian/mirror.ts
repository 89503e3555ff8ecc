/** A mirror of a few packages in a folder, for scripts that ask the real apt. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export const folder = mkdtempSync(join(tmpdir(), 'csb-mirror-'));
chmodSync(folder, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

export interface Package {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  readonly essential?: true;
  readonly library?: string;
  readonly source?: string;
  /** The index names it, and its file is not there. */
  readonly gone?: true;
  /** In whose index it is. @default bookworm */
  readonly suite?: string;
  /** The days of the entries of its changelog, such as `Sat, 10 Jun 2023` or `unstable Sat, 10 Jun 2023`; or where that of its source is. */
  readonly changelog?: readonly string[] | { readonly in: string };
  /** The changelog's name. @default changelog.Debian.gz */
  readonly changelogName?: string;
}

/** A source package of an archive of its authors, what Debian adds, and the .dsc. */
export interface Source {
  readonly name: string;
  /** With a revision of Debian. */
  readonly version: string;
  /** The index names it, and its .dsc is not there. */
  readonly gone?: true;
  /** In whose index it is. @default bookworm */
  readonly suite?: string;
}

/** A mirror that has these packages and sources, as its address for apt: unsigned, so trusted. */
export function mirror(name: string, packages: readonly Package[], sources: readonly Source[] = []): string {
  const root = join(folder, name);
  const pool = join(root, 'pool');
  mkdirSync(pool, { recursive: true });
  const stanzas = packages.map((each) => {
    const { name: own, version, depends, essential, library, source, gone } = each;
    const built = join(folder, 'built');
    mkdirSync(join(built, 'DEBIAN'), { recursive: true });
    const control = [
      `Package: ${own}`,
      `Version: ${version}`,
      'Architecture: amd64',
      'Maintainer: nobody <nobody@invalid>',
      ...(essential ? ['Essential: yes'] : []),
      ...(source === undefined ? [] : [`Source: ${source}`]),
      ...(depends === undefined ? [] : [`Depends: ${depends}`]),
      'Description: one of a test',
      '',
    ].join('\n');
    writeFileSync(join(built, 'DEBIAN/control'), control);
    if (library !== undefined) writeFileSync(join(built, 'DEBIAN/shlibs'), `${library} ${own} (>= ${version})\n`);
    writeChangelog(built, each);
    // No file of an archive has an epoch in its name.
    const path = `pool/${own}_${version.replace(/^\d+:/, '')}_amd64.deb`;
    const file = join(root, path);
    execFileSync('dpkg-deb', ['--build', '-Znone', '--root-owner-group', built, file], {
      stdio: 'ignore',
      env: { ...process.env, SOURCE_DATE_EPOCH: '0' }, // a package of two suites is the same in both
    });
    rmSync(built, { recursive: true });
    const stanza = `${control}Filename: ${path}\nSize: ${readFileSync(file).length}\nSHA256: ${sha256(file)}\n`;
    if (gone) rmSync(file);
    return stanza;
  });
  const sourceStanzas = sources.map((each) => sourceStanza(pool, each));
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const release = join(root, 'dists', suite);
    const own = (all: readonly string[], of: readonly (Package | Source)[]): readonly string[] =>
      all.filter((_, i) => (of[i]?.suite ?? 'bookworm') === suite);
    const lines = [
      indexed(release, 'main/binary-amd64/Packages', own(stanzas, packages)),
      indexed(release, 'main/source/Sources', own(sourceStanzas, sources)),
    ];
    const text = [
      'Origin: test',
      `Suite: ${suite}`,
      `Codename: ${suite}`,
      'Architectures: amd64',
      'Components: main',
      'SHA256:',
      ...lines,
      '',
    ];
    writeFileSync(join(release, 'Release'), text.join('\n'));
  }
  return `[trusted=yes] file:${root}`;
}
/** Writes an index. @returns its line in the file Release */
function indexed(release: string, path: string, stanzas: readonly string[]): string {
  const file = join(release, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, stanzas.map((each) => `${each}\n`).join(''));
  return ` ${sha256(file)} ${readFileSync(file).length} ${path}`;
}

function sourceStanza(pool: string, { name, version, gone }: Source): string {
  const upstream = version.replace(/-[^-]*$/, '');
  const names = [`${name}_${version}.dsc`, `${name}_${upstream}.orig.tar.gz`, `${name}_${version}.debian.tar.xz`];
  const lines = names.map((file) => {
    const path = join(pool, file);
    writeFileSync(path, `the content of ${file}\n`);
    return ` ${sha256(path)} ${readFileSync(path).length} ${file}`;
  });
  if (gone) rmSync(join(pool, names[0] ?? ''));
  const head = [`Package: ${name}`, 'Format: 3.0 (quilt)', `Binary: ${name}`, 'Architecture: any', `Version: ${version}`];
  return [...head, 'Directory: pool', 'Checksums-Sha256:', ...lines, ''].join('\n');
}

export const sha256 = (file: string): string => execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);

/** As Debian's packages have it: gzipped, or a link to that of another package of the source. */
function writeChangelog(built: string, { name, changelog, changelogName = 'changelog.Debian.gz' }: Package): void {
  if (changelog === undefined) return;
  const documents = join(built, 'usr/share/doc', name);
  mkdirSync('in' in changelog ? dirname(documents) : documents, { recursive: true });
  if ('in' in changelog) {
    symlinkSync(changelog.in, documents);
    return;
  }
  const entries = changelog.map((entry, i) => {
    const [, suite = 'bookworm', day = ''] = /^(?:([a-z]+) )?([A-Z].*)$/.exec(entry) ?? [];
    return `x (${i}) ${suite}; urgency=low\n\n  * A change.\n\n -- A Person <a@person.test>  ${day} 09:00:00 +0200\n`;
  });
  const text = entries.join('\n');
  writeFileSync(join(documents, changelogName), changelogName.endsWith('.gz') ? gzipSync(text) : text);
}

/** What a script prints, run as a pod of the toolbox runs it: by nobody, where the test can do that. */
export function printed(script: string, variables: Readonly<Record<string, string>>): string {
  const nobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const [program, ...words] = [...nobody, 'bash', '-c', script];
  const { stdout, stderr, status } = spawnSync(program, words, {
    env: { ...process.env, HOME: '/tmp', ...variables },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Where apt is not Debian's, what needs it is not tried. */
export const describeWithApt = existsSync('/usr/lib/apt/apt-helper') ? describe : describe.skip;
