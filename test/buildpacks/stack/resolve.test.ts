/** The script of `csb lock`, with the real apt, on a mirror of a few packages in a folder. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Fallbacks } from '../../../lib/buildpacks/debian/locked-packages';
import { RESOLVE_SCRIPT } from '../../../lib/buildpacks/stack/resolve-script';
import { describeWithApt, folder, mirror, type Package, printed } from '../debian/mirror';

interface Answer {
  readonly sets: Readonly<
    Record<
      string,
      {
        readonly packages: Readonly<Record<string, { version: string; size?: number }>>;
        readonly sonames: string[];
        readonly origins: Readonly<Record<string, readonly string[]>>;
      }
    >
  >;
  readonly problems: readonly { readonly set: string; readonly said: readonly string[] }[];
  readonly facts: Readonly<Record<string, { readonly source: string; readonly bytes: number }>>;
  readonly updates: Readonly<Record<string, readonly string[]>>;
}

function resolve(mirrorUrl: string, sets: object, fallbacks: Fallbacks = {}, planned = ''): Answer {
  const asked = { SETS: JSON.stringify(sets), FALLBACKS: JSON.stringify(fallbacks), PLANNED: planned, SINCE: '2023-06-10' };
  return JSON.parse(
    printed(RESOLVE_SCRIPT, { SUITE: 'bookworm', MIRROR: mirrorUrl, SECURITY_MIRROR: mirrorUrl, ...asked }),
  ) as Answer;
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

  test('is said with the size of each file, of the version that is locked', () => {
    const long = { changelog: Array.from({ length: 400 }, () => 'Sat, 10 Jun 2023'), changelogName: 'changelog' };
    const newer: Package = { name: 'libssl3', version: '3.0.22', library: 'libssl 3', ...long };
    const { sets } = resolve(mirror('sizes', [...old, newer]), whole);
    const size = (version: string): number => statSync(join(folder, `sizes/pool/libssl3_${version}_amd64.deb`)).size;
    expect(size('3.0.22')).not.toBe(size('3.0.20'));
    expect(sets['distro/run']?.packages['libssl3']).toMatchObject({ version: '3.0.22', size: size('3.0.22') });
    const all = Object.values(sets).flatMap(({ packages }) => Object.values(packages));
    expect(all.filter((each) => each.size === undefined)).toEqual([]);
  });

  test('is said with the suites that have its version', () => {
    const security: Package = { name: 'libssl3', version: '3.0.22', library: 'libssl 3', suite: 'bookworm-security' };
    const both: Package = { name: 'apt', version: '2.6', suite: 'bookworm-updates' };
    const { sets } = resolve(mirror('origins', [...old, security, both]), whole);
    expect(sets['distro/run']?.origins).toEqual({ curl: ['bookworm'], libssl3: ['bookworm-security'] });
    expect(sets['distro/base']?.origins).toEqual({ apt: ['bookworm', 'bookworm-updates'], 'base-files': ['bookworm'] });
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
    const [sha256, size] = [expect.any(String) as string, expect.any(Number) as number];
    expect(made['distro/run']?.packages['nss']).toEqual({ version: '2', sha256, size });
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

describeWithApt('what layer plans are made from', () => {
  const ssl = { source: 'openssl', changelog: ['Fri, 01 Mar 2024', 'Sat, 10 Jun 2023', 'Fri, 09 Jun 2023'] };
  const packages: readonly Package[] = [
    ...base,
    { name: 'curl', version: '7', depends: 'libssl3', changelog: ['Mon, 05 Jan 2026'], changelogName: 'changelog.gz' },
    { name: 'libssl3', version: '3', ...ssl },
    { name: 'php', version: '8', source: 'php8.2 (8.2)' },
  ];

  test('are size and source of all, also of what other stacks have, and the changes of what was fetched since the release', () => {
    const { facts, updates, problems } = resolve(mirror('facts', packages), whole, {}, 'php no-such');
    expect(problems).toEqual([]);
    const sources = Object.entries(facts).map(([name, { source }]) => `${name} of ${source}`);
    expect(sources).toEqual(['apt of apt', 'base-files of base-files', 'curl of curl', 'libssl3 of openssl', 'php of php8.2']);
    for (const { bytes } of Object.values(facts)) expect(bytes).toBeGreaterThan(500);
    expect(updates).toEqual({ curl: ['2026-01-05'], openssl: ['2023-06-10', '2024-03-01'] });
  });
});
