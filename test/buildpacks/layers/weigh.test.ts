/** The script of `csb plan-layers`, with the real apt, on a mirror of a few packages in a folder. */
import { parseWeighed } from '../../../cli/plan-layers';
import { WEIGH_SCRIPT } from '../../../lib/buildpacks/layers/weigh-script';
import { describeWithApt, mirror, type Package, printed } from '../debian/mirror';

// What talks to the cluster and to Pulumi, which is not what this test is about, and whose packages jest cannot read.
jest.mock('../../../cli/toolbox', () => ({ inToolbox: jest.fn() }));
jest.mock('../../../cli/pulumi-stack', () => ({ useClusterOf: () => ({}) }));

const weigh = (url: string, packages: readonly string[]): ReturnType<typeof parseWeighed> =>
  parseWeighed(
    printed(WEIGH_SCRIPT, {
      ...{ SUITE: 'bookworm', MIRROR: url, SECURITY_MIRROR: url, SINCE: '2023-06-10' },
      PACKAGES: packages.join('\n'),
    }),
  );

const days = ['Fri, 01 Mar 2024', 'Fri, 09 Jun 2023'];
const packages: readonly Package[] = [
  { name: 'libc6', version: '2.36-9', source: 'glibc', changelog: { in: 'libc-bin' } },
  { name: 'libc-bin', version: '2.36-9', source: 'glibc', changelog: days },
  { name: 'dpkg', version: '1.21', changelog: days, changelogName: 'changelog.gz' },
  { name: 'tzdata', version: '2026b', changelog: ['Thu, 05 Feb 2026', 'unstable Wed, 04 Feb 2026', ...days] },
  { name: 'silent', version: '1' },
  { name: 'sssd', version: '2', gone: true, changelog: days },
  { name: 'sssd', version: '1', changelog: days },
];

describeWithApt('what locked packages weigh', () => {
  const url = mirror('weighed', packages);

  test('is said of each, and of each source when it was changed, wherever its changelog is', () => {
    const { facts, updates, gone, silent } = weigh(url, ['dpkg 1.21', 'libc-bin 2.36-9', 'libc6 2.36-9', 'silent 1']);
    expect(Object.entries(facts).map(([name, { source }]) => `${name} of ${source}`)).toEqual([
      ...['dpkg of dpkg', 'libc-bin of glibc', 'libc6 of glibc', 'silent of silent'],
    ]);
    expect(updates).toEqual({ dpkg: ['2024-03-01'], glibc: ['2024-03-01'] });
    expect([gone, silent]).toEqual([[], ['silent']]);
  });

  test('is that of the newest version where the locked one is gone, which is said', () => {
    const { facts, updates, gone } = weigh(url, ['tzdata 2025a', 'dpkg 1.21']);
    expect(facts['tzdata']?.source).toBe('tzdata');
    expect(updates['tzdata']).toEqual(['2024-03-01', '2026-02-05']);
    expect(gone).toEqual(['tzdata 2025a']);
  });

  test('is that of a fallback where the mirror does not have the file', () => {
    expect(weigh(url, ['sssd 1', 'sssd 2']).updates).toEqual({ sssd: ['2024-03-01'] });
  });
});

test('an answer that was cut off is none', () => {
  expect(() => parseWeighed('{"facts": {')).toThrow('the toolbox did not say to the end what packages weigh (11 characters)');
});
