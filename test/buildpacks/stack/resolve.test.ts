/** The script of `csb lock`, with the real apt, on a mirror of a few packages in a folder. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fallbacks } from '../../../lib/buildpacks/debian/locked-packages';
import { RESOLVE_SCRIPT } from '../../../lib/buildpacks/stack/resolve-script';

const folder = mkdtempSync(join(tmpdir(), 'csb-mirror-'));
chmodSync(folder, 0o755);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Package {
  readonly name: string;
  readonly version: string;
  readonly depends?: string;
  readonly essential?: true;
  readonly library?: string;
  readonly source?: string;
  /** The index names it, and its file is not there. */
  readonly gone?: true;
}

/** A mirror that has these packages, as its address for apt: unsigned, so trusted. */
function mirror(name: string, packages: readonly Package[]): string {
  const root = join(folder, name);
  const pool = join(root, 'pool');
  mkdirSync(pool, { recursive: true });
  const stanzas = packages.map(({ name: own, version, depends, essential, library, source, gone }) => {
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
    const file = join(pool, `${own}_${version}_amd64.deb`);
    execFileSync('dpkg-deb', ['--build', '-Znone', '--root-owner-group', built, file], { stdio: 'ignore' });
    rmSync(built, { recursive: true });
    const stanza = `${control}Filename: pool/${own}_${version}_amd64.deb\nSize: ${readFileSync(file).length}\nSHA256: ${sha256(file)}\n`;
    if (gone) rmSync(file);
    return stanza;
  });
  for (const suite of ['bookworm', 'bookworm-updates', 'bookworm-security']) {
    const directory = join(root, 'dists', suite, 'main/binary-amd64');
    mkdirSync(directory, { recursive: true });
    const index = join(directory, 'Packages');
    writeFileSync(index, suite === 'bookworm' ? `${stanzas.join('\n')}\n` : '');
    const line = ` ${sha256(index)} ${readFileSync(index).length} main/binary-amd64/Packages`;
    const release = [
      'Origin: test',
      `Suite: ${suite}`,
      `Codename: ${suite}`,
      'Architectures: amd64',
      'Components: main',
      'SHA256:',
      line,
      '',
    ];
    writeFileSync(join(root, 'dists', suite, 'Release'), release.join('\n'));
  }
  return `[trusted=yes] file:${root}`;
}
const sha256 = (file: string): string => execFileSync('sha256sum', [file], { encoding: 'utf8' }).slice(0, 64);

interface Answer {
  readonly sets: Readonly<
    Record<string, { readonly packages: Readonly<Record<string, { version: string }>>; readonly sonames: string[] }>
  >;
  readonly problems: readonly { readonly set: string; readonly said: readonly string[] }[];
}

function resolve(mirrorUrl: string, sets: object, fallbacks: Fallbacks = {}): Answer {
  const asked = { SETS: JSON.stringify(sets), FALLBACKS: JSON.stringify(fallbacks) };
  const variables = { SUITE: 'bookworm', MIRROR: mirrorUrl, SECURITY_MIRROR: mirrorUrl, ...asked };
  // As the pod of `csb lock` runs it: by nobody, where the test can do that.
  const nobody = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] : [];
  const [program, ...words] = [...nobody, 'bash', '-c', RESOLVE_SCRIPT];
  const { stdout, stderr, status } = spawnSync(program, words, {
    env: { ...process.env, HOME: '/tmp', ...variables },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}
const versions = ({ sets }: Answer): object =>
  Object.fromEntries(
    Object.entries(sets).map(([set, { packages }]) => [
      set,
      Object.entries(packages).map(([name, { version }]) => `${name} ${version}`),
    ]),
  );

const base: readonly Package[] = [
  { name: 'base-files', version: '12', essential: true },
  { name: 'apt', version: '2.6' },
];
const old: readonly Package[] = [
  ...base,
  { name: 'libssl3', version: '3.0.20', library: 'libssl 3' },
  { name: 'curl', version: '7', depends: 'libssl3 (>= 3.0.20)' },
];
const updated = (name: string, needs: string): readonly Package[] => [
  ...base,
  { name: 'libssl3', version: '3.0.22', library: 'libssl 3' },
  { name: 'curl', version: '7', depends: 'libssl3 (>= 3.0.20)' },
  { name, version: '1', depends: `curl, libssl3 (${needs})`, library: `lib${name} 1` },
];
const whole = {
  'distro/base': { parent: null, packages: [], sonames: false },
  'distro/run': { parent: 'distro/base', packages: ['curl'], sonames: true },
  'distro/build': { parent: 'distro/run', packages: [], sonames: false },
};
const lockedLines = (...lines: readonly (readonly [string, string])[]) => Object.fromEntries(lines);
/** A language on a distro whose lock stays as it is, made of the packages of `old`. */
const language = (packages: readonly string[]) => ({
  'distro/base': { parent: null, packages: [], sonames: [], locked: lockedLines(['base-files', '12'], ['apt', '2.6']) },
  'distro/run': {
    parent: 'distro/base',
    packages: ['curl'],
    sonames: ['libssl 3'],
    locked: lockedLines(['libssl3', '3.0.20'], ['curl', '7']),
  },
  'language/run': { parent: 'distro/run', packages, sonames: true },
});

const describeWithApt = existsSync('/usr/lib/apt/apt-helper') ? describe : describe.skip;

describeWithApt('what apt would install', () => {
  test('is every set by itself, with the libraries of what runs', () => {
    const answer = resolve(mirror('old', old), whole);
    expect(answer.problems).toEqual([]);
    expect(versions(answer)).toEqual({
      'distro/base': ['apt 2.6', 'base-files 12'],
      'distro/run': ['curl 7', 'libssl3 3.0.20'],
      'distro/build': [],
    });
    expect(answer.sets['distro/run']?.sonames).toEqual(['libssl 3']);
  });

  test('is said of each set alone when the mirror lacks a package, and what stands on it is not asked', () => {
    const sets = { ...whole, 'distro/run': { ...whole['distro/run'], packages: ['curl', 'no-such', 'nor-such'] } };
    const answer = resolve(mirror('lacking', old), sets);
    expect(answer.problems).toEqual([
      { set: 'distro/run', said: ['E: Unable to locate package no-such', 'E: Unable to locate package nor-such'] },
    ]);
    expect(Object.keys(answer.sets)).toEqual(['distro/base']);
  });

  test('is what apt says of packages that do not go together', () => {
    const broken = [...old, { name: 'broken', version: '1', depends: 'libssl3 (>= 4)' }];
    const { problems } = resolve(mirror('broken', broken), {
      ...whole,
      'distro/run': { ...whole['distro/run'], packages: ['broken'] },
    });
    expect(problems[0]?.said.join('\n')).toMatch(/broken : Depends: libssl3 \(>= 4\)/);
  });

  test('is nothing when the mirror cannot be read: said once', () => {
    const { problems, sets } = resolve(`[trusted=yes] file:${folder}/none`, whole);
    expect([problems.length, problems[0]?.set, sets]).toEqual([1, '', {}]);
    expect(problems[0]?.said.join('\n')).toMatch(/E: .*none/);
  });
});

describeWithApt('what the index names and the mirror does not have', () => {
  const sssd = (name: string, version: string) => ({ name, version, source: 'sssd', library: `lib${name} ${version}` });
  const decaying: readonly Package[] = [
    ...old,
    sssd('nss', '1'),
    sssd('nss-tools', '1'),
    { ...sssd('nss', '2'), gone: true },
    { ...sssd('nss-tools', '2'), depends: 'nss (= 2)' },
  ];
  const sets = { ...whole, 'distro/run': { ...whole['distro/run'], packages: ['curl', 'nss-tools'] } };

  test('is no lock: it is said by name, with its source', () => {
    const { problems, sets: made } = resolve(mirror('decayed', decaying), sets);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.said.join('\n')).toMatch(
      /^the index names nss 2, which cannot be fetched: File not found.* \(source sssd\)$/,
    );
    expect(Object.keys(made)).toEqual(['distro/base']);
  });

  test('has an older version beside it in the lock, with the reason, and so has all of its source', () => {
    const fallbacks = { sssd: { version: '1', because: 'dropped in 2026' }, unused: { version: '1', because: 'none' } };
    const { problems, sets: made } = resolve(mirror('with-older', decaying), sets, fallbacks);
    expect(problems).toEqual([]);
    const fallback = { version: '1', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, because: 'dropped in 2026' };
    expect(made['distro/run']?.packages).toMatchObject({
      nss: { version: '2', fallback },
      'nss-tools': { version: '2', fallback },
    });
    expect(made['distro/run']?.packages['curl']).not.toHaveProperty('fallback');
    expect(made['distro/run']?.sonames).toContain('libnss 1');
  });

  test('is refused when the older version is not there either', () => {
    const { problems } = resolve(mirror('without-older', decaying), sets, { sssd: { version: '0', because: 'dropped' } });
    expect(problems[0]?.said).toEqual(
      [
        'nss 0, a fallback, is not in the index',
        'nss-tools 0, a fallback, is not in the index',
        'nss 0, a fallback, cannot be fetched',
        'nss-tools 0, a fallback, cannot be fetched',
      ].sort(),
    );
  });

  test('and with files that are there, a fallback is not taken', () => {
    const served = [...old, sssd('nss', '1'), sssd('nss', '2')];
    const { sets: made } = resolve(
      mirror('served', served),
      { ...whole, 'distro/run': { ...whole['distro/run'], packages: ['nss'] } },
      { sssd: { version: '1', because: 'dropped' } },
    );
    expect(made['distro/run']?.packages['nss']).toEqual({ version: '2', sha256: expect.any(String) as string });
  });
});

describeWithApt('beside a lock that stays as it is', () => {
  test('a stack gets what it has beyond it', () => {
    const packages = [...old, { name: 'python', version: '3', depends: 'curl', library: 'libpython 3' }];
    const answer = resolve(mirror('beside', packages), language(['python']));
    expect(answer.problems).toEqual([]);
    expect(versions(answer)).toEqual({ 'language/run': ['python 3'] });
    expect(answer.sets['language/run']?.sonames).toEqual(['libpython 3', 'libssl 3']);
  });

  test('also when the mirror has newer versions, as long as what is locked will do', () => {
    const answer = resolve(mirror('newer', updated('python', '>= 3.0.10')), language(['python']));
    expect(answer.problems).toEqual([]);
    expect(versions(answer)).toEqual({ 'language/run': ['python 1'] });
  });

  test('and is refused when it needs the newer ones', () => {
    const { problems } = resolve(mirror('exact', updated('python', '= 3.0.22')), language(['python']));
    expect(problems).toEqual([{ set: 'language/run', said: ['python needs libssl3 (= 3.0.22), locked is 3.0.20'] }]);
  });
});
