import { packageCache } from '../../../local/components/package-cache';

// What asks daemons, by packages that jest cannot read.
jest.mock('../../../local/components/probes', () => ({ probeHttp: jest.fn() }));

/** Whether a line of the configuration has a pattern for it. */
function matches(option: string, npm: string, text: string): boolean {
  const mirrors = { archive: 'http://m.test/debian', security: 'http://m.test/debian-security', proxy: undefined };
  const configuration = packageCache(mirrors, npm).files[0]?.content ?? '';
  return new RegExp(new RegExp(`^${option}: (.*)$`, 'm').exec(configuration)?.[1] ?? '(?!)').test(text);
}

// The archives of yarn are in the folder `yarn`: a list that was kept would be a file in its place.
test.each([
  ['https://npm.test', '/yarn'],
  ['https://npm.test', '/@types/node'],
  ['https://npm.test/of/all', '/of/all/yarn'],
])('of %s, %s is served and not kept, and the archives below are kept', (npm, path) => {
  const host = 'https://npm.test';
  expect([matches('VfilePatternEx', npm, path), matches('DontCacheResolved', npm, host + path)]).toEqual([true, true]);
  const archive = `${path}/-/x-1.0.0.tgz`;
  expect([matches('PfilePatternEx', npm, archive), matches('DontCacheResolved', npm, host + archive)]).toEqual([true, false]);
  expect(matches('DontCacheResolved', npm, 'http://m.test/debian/pool/main/y/yarn')).toBe(false);
});
