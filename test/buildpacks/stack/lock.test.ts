import { emptyLock, parseLock } from '../../../lib/buildpacks/stack/lock-file';
import type { SynthesisError } from '../../../lib/synth/validation';
import { abi, type Changes, distroProps, house, languageProps, locked } from '../house';

const remedy = 'run `npm run csb -- lock` and review its diff';

function problemsWith(changes: Changes): readonly string[] {
  try {
    house(changes).app.synthesize();
    return [];
  } catch (error) {
    return (error as SynthesisError).problems;
  }
}

describe('the problems of a lock', () => {
  test('are none when it has every package, or what the stack stands on has it', () => {
    expect(problemsWith({})).toEqual([]);
  });

  test.each<[string, Changes]>([
    ['run', { distro: { packages: { run: ['curl', 'emacs-nox'], build: ['gcc'] } } }],
    ['build', { distro: { packages: { run: ['curl', 'less'], build: ['emacs-nox'] } } }],
  ])('are a package of the %s image that it lacks', (_, changes) => {
    expect(problemsWith(changes)).toEqual([
      expect.stringContaining(
        `chart/distro (test/buildpacks/house.ts): package 'emacs-nox' is not in the lock; ${remedy}`,
      ) as string,
    ]);
  });

  test('are a package that only the build image of the other stack has', () => {
    expect(problemsWith({ language: { packages: { run: ['gcc'] } } })).toEqual([
      expect.stringContaining(`chart/language (test/buildpacks/house.ts): package 'gcc' is not in the lock; ${remedy}`) as string,
    ]);
  });

  test.each<[string, string, Changes]>([
    ['another environment', 'distro', { distro: { environment: { LC_ALL: 'de_DE.UTF-8' } } }],
    ['another release', 'distro', { base: { suite: 'trixie' } }],
    ['another environment of the stack below', 'language', { distro: { environment: {} } }],
  ])('are %s', (_, stack, changes) => {
    expect(problemsWith(changes)).toContainEqual(
      expect.stringContaining(
        `chart/${stack} (test/buildpacks/house.ts): the lock was made for debian 12, or for another environment than is declared`,
      ),
    );
  });

  test('are all of it for a stack that was never locked', () => {
    expect(problemsWith({ distro: { lock: emptyLock('distro') }, language: { packages: { run: ['make'] } } })).toHaveLength(5);
  });

  test('are none for what an image that is the base is known to have', () => {
    const image = `registry.test/bookworm@sha256:${'d'.repeat(64)}`;
    const lock = { ...distroProps.lock, base: undefined };
    expect(problemsWith({ base: { kind: 'image', image }, distro: { ...distroProps, lock } })).toEqual([]);
  });

  test('of all stacks are said at once', () => {
    const problems = problemsWith({
      distro: { packages: { run: ['emacs-nox'] } },
      language: { ...languageProps, packages: { run: ['vim'] } },
    });
    expect(problems.join('\n')).toMatch(/distro .*: package 'emacs-nox' [^]*language .*: package 'vim' /);
  });
});

describe('a lock file', () => {
  test('is what it says', () => {
    expect(parseLock('distro', JSON.parse(JSON.stringify(distroProps.lock)))).toEqual(distroProps.lock);
  });

  test.each<[string, object, string]>([
    ['without the packages of the run image', { abi, build: {} }, '  - run: '],
    ['with a key that is not known', { ...distroProps.lock, runn: {} }, 'Unrecognized key: "runn"'],
    ['with half of a checksum', { ...distroProps.lock, run: { curl: { version: '1', sha256: 'ab' } } }, '  - run.curl.sha256: '],
    ['with a name in capitals', { ...distroProps.lock, run: locked(['Curl']) }, '  - run.Curl: '],
    ['with a version that is code', { ...distroProps.lock, run: locked(['curl'], '1; id') }, '  - run.curl.version: '],
  ])('%s is refused, naming stack and key', (_, content, problem) => {
    expect(() => parseLock('distro', content)).toThrow(problem);
    expect(() => parseLock('distro', content)).toThrow('the lock of stack distro cannot be used:\n  - ');
  });
});
