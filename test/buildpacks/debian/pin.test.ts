import { existsSync, chmodSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withApt } from '../../../lib/buildpacks/debian/locked-packages';
import { describeInside, inside } from '../shell/namespace';
import { temporaryFolder } from '../shell/temporary-folder';

// The index is one that apt has fetched already.
const script = withApt(`#!/bin/bash
set -euo pipefail
. apt.sh
mkdir --parents "$apt_state/state/lists"
cp /index "$apt_state/state/lists/mirror_Packages"
pin "$LOCK" /work/preferences
`);
const sum = (character: string): string => character.repeat(64);
const stanza = ([name, version, sha256]: readonly string[]): string =>
  `Package: ${name ?? ''}\nArchitecture: amd64\nVersion: ${version ?? ''}\nFilename: pool/x.deb\nSHA256: ${sha256 ?? ''}\n\n`;

// Names with regular expressions' characters, one version that is the beginning of another.
const mirror = [
  ['curl', '7.88.1-10', sum('1')],
  ['curl', '7.88.1-10+deb12u2', sum('2')],
  ['g++', '4:12.2.0-3', sum('3')],
];

function pin(lock: readonly (readonly string[])[], vanished = 'refuse') {
  const work = temporaryFolder();
  chmodSync(work, 0o777);
  const { code, stderr } = inside({
    command: ['/step'],
    files: { '/step': script, '/index': mirror.map(stanza).join('') },
    folders: { '/work': work },
    environment: {
      LOCK: lock.map((line) => line.join(' ')).join('\n'),
      VANISHED: vanished,
      MIRROR: '',
      SECURITY_MIRROR: '',
      SUITE: '',
    },
  });
  const written = Object.fromEntries(readdirSync(work).map((file) => [file, readFileSync(join(work, file), 'utf8')]));
  return { code, stderr, preferences: written['preferences'], substituted: written['substituted'] };
}
const nothingElse = 'Package: *\nPin: release *\nPin-Priority: -1\n';
const pinned = (name: string, version: string): string => `Package: ${name}\nPin: version ${version}\nPin-Priority: 1001\n\n`;

const describeWithApt = existsSync('/usr/lib/apt/apt-helper') ? describeInside : describe.skip;

describeWithApt('pinning the versions of a lock', () => {
  test('what the mirror has is taken in this version, and nothing else', () => {
    const { code, preferences, substituted } = pin([mirror[0] ?? [], mirror[2] ?? []]);
    expect([code, substituted]).toEqual([0, '']);
    expect(preferences).toBe(pinned('curl', '7.88.1-10') + pinned('g++', '4:12.2.0-3') + nothingElse);
  });

  test('an empty lock lets nothing be installed', () => {
    expect(pin([])).toMatchObject({ code: 0, preferences: nothingElse });
  });

  test('what the mirror has dropped ends the build, with all of it and what to do', () => {
    const { code, stderr } = pin([['curl', '7.88.1-9', sum('9')], ['vim', '9.0', sum('8')], mirror[2] ?? []]);
    expect(code).toBe(1);
    expect(stderr).toBe(
      'the mirror has these versions of the lock no more:\n  curl 7.88.1-9\n  vim 9.0\nlock the new ones with: npm run csb -- lock\n',
    );
  });

  test('or is left to the newest where the environment says so, and written down for the label', () => {
    const { code, preferences, substituted } = pin([['curl', '7.88.1-9', sum('9')], mirror[2] ?? []], 'substitute');
    expect([code, substituted]).toEqual([0, 'curl 7.88.1-9\n']);
    expect(preferences).toBe(pinned('g++', '4:12.2.0-3'));
  });

  // The mirror of this test has an index and no files.
  test('what has a fallback that the mirror does not give ends the build where the environment takes no others', () => {
    const { code, stderr } = pin([['curl', '7.88.1-10+deb12u2', sum('2'), '7.88.1-10', sum('1')]]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^the mirror does not have all of these, which the lock names:\n {2}curl=7\.88\.1-10\+deb12u2\n/);
  });

  test('or is that fallback, and nothing else, which is written down for the label', () => {
    const lock = [['curl', '7.88.1-10+deb12u2', sum('2'), '7.88.1-10', sum('1')], mirror[2] ?? []];
    const { code, preferences, substituted } = pin(lock, 'substitute');
    expect([code, substituted]).toEqual([0, 'curl 7.88.1-10+deb12u2\n']);
    expect(preferences).toBe(pinned('curl', '7.88.1-10') + pinned('g++', '4:12.2.0-3') + nothingElse);
  });

  test.each(['refuse', 'substitute'])('the same version with another checksum is never an update: %s', (vanished) => {
    const { code, stderr } = pin([['curl', '7.88.1-10', sum('f')]], vanished);
    expect(code).toBe(1);
    expect(stderr).toBe(`curl 7.88.1-10: the lock says sha256 ${sum('f')}, the mirror has ${sum('1')}; that is not an update\n`);
  });
});

test('a script that does not ask for apt.sh does not get it', () => {
  expect(() => withApt('#!/bin/bash\n')).toThrow("a script that gets apt.sh has a line '. apt.sh'");
});
