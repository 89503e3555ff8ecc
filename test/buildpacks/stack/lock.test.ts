import { abiHash, lockProblems } from '../../../lib/buildpacks/stack/lock';
import { EMPTY_LOCK, parseLock } from '../../../lib/buildpacks/stack/lock-file';
import type { Stack } from '../../../lib/buildpacks/stack/stack';
import { distro, language, locked } from '../declarations';

const remedy = 'run `npm run csb -- lock` and review its diff';

describe('the problems of a lock', () => {
  test('are none when it has every package, or what the stack stands on has it', () => {
    expect([distro, language].flatMap(lockProblems)).toEqual([]);
  });

  test.each<[string, Stack]>([
    ['run', { ...distro, packages: { ...distro.packages, run: ['curl', 'emacs-nox'] } }],
    ['build', { ...distro, packages: { ...distro.packages, build: ['emacs-nox'] } }],
  ])('are a package of the %s image that it lacks', (_, stack) => {
    expect(lockProblems(stack)).toEqual([`stack distro: package 'emacs-nox' is not in the lock; ${remedy}`]);
  });

  test('are a package that only the build image of the other stack has', () => {
    const stack = { ...language, packages: { run: ['gcc'], build: [] } };
    expect(lockProblems(stack)).toEqual([`stack language: package 'gcc' is not in the lock; ${remedy}`]);
  });

  test.each<[string, Stack]>([
    ['another environment', { ...distro, environment: { LC_ALL: 'de_DE.UTF-8' } }],
    ['another release', { ...distro, extends: { kind: 'debian', suite: 'trixie', packages: [] } }],
    ['another environment of the stack below', { ...language, extends: { ...distro, environment: {} } }],
  ])('are %s', (_, stack) => {
    expect(lockProblems(stack)).toEqual([`stack ${stack.name}: the lock was made for another distro or environment; ${remedy}`]);
  });

  test('are all of it for a stack that was never locked', () => {
    expect(lockProblems({ ...distro, lock: EMPTY_LOCK })).toHaveLength(5);
  });
});

describe('a lock file', () => {
  test('is what it says', () => {
    expect(parseLock('distro', JSON.parse(JSON.stringify(distro.lock)))).toEqual(distro.lock);
  });

  test.each<[string, object, string]>([
    ['without the packages of the run image', { abi: distro.lock.abi, build: {} }, '  - run: '],
    ['with a key that is not known', { ...distro.lock, runn: {} }, 'Unrecognized key: "runn"'],
    ['with half of a checksum', { ...distro.lock, run: { curl: { version: '1', sha256: 'ab' } } }, '  - run.curl.sha256: '],
    ['with a name in capitals', { ...distro.lock, run: locked(['Curl']) }, '  - run.Curl: '],
    ['with a version that is code', { ...distro.lock, run: locked(['curl'], '1; id') }, '  - run.curl.version: '],
  ])('%s is refused, naming stack, key and remedy', (_, content, problem) => {
    expect(() => parseLock('distro', content)).toThrow(problem);
    expect(() => parseLock('distro', content)).toThrow(
      'the lock of stack distro cannot be used; make it anew with `npm run csb -- lock`:\n  - ',
    );
  });
});

test('the interface of a stack is not the versions of its packages', () => {
  const { lock } = distro;
  expect(abiHash({ ...distro, lock: { ...lock, run: locked(['curl', 'less'], '2.0-1') } })).toBe(abiHash(distro));
  expect(abiHash({ ...distro, lock: { ...lock, abi: { ...lock.abi, sonames: ['libssl 1.1'] } } })).not.toBe(abiHash(distro));
});
