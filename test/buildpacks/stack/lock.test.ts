import { emptyLock, parseLock, withoutSizes } from '../../../lib/buildpacks/stack/lock-file';
import type { SynthesisError } from '../../../lib/synth/validation';
import { abi, type Changes, distroProps, house, languageProps, locked } from '../house';

const remedy = (stack: string): string => `run \`npm run csb -- lock ${stack}\` and review its diff`;

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
        `chart/distro (test/buildpacks/house.ts): package 'emacs-nox' is not in the lock; ${remedy('distro')}`,
      ) as string,
    ]);
  });

  test('are all packages that it lacks in one line, since one lock mends them', () => {
    expect(problemsWith({ distro: { packages: { run: ['curl', 'emacs-nox', 'vim'], build: ['gcc'] } } })).toEqual([
      expect.stringContaining(`: packages 'emacs-nox', 'vim' are not in the lock; ${remedy('distro')}`) as string,
    ]);
  });

  test('are a package that only the build image of the other stack has', () => {
    expect(problemsWith({ language: { packages: { run: ['gcc'] } } })).toEqual([
      expect.stringContaining(
        `chart/language (test/buildpacks/house.ts): package 'gcc' is not in the lock; ${remedy('language')}`,
      ) as string,
    ]);
  });

  test.each<[string, string, Changes]>([
    ['another environment', 'distro', { distro: { environment: { LC_ALL: 'de_DE.UTF-8' } } }],
    ['another release', 'distro', { base: { suite: 'trixie' } }],
    ['another environment of the stack below', 'language', { distro: { environment: {} } }],
  ])('are %s', (_, stack, changes) => {
    expect(problemsWith(changes)).toContainEqual(
      expect.stringContaining(
        `chart/${stack} (test/buildpacks/house.ts): the lock was made for debian 12, or for other variables than \`environment\` declares`,
      ),
    );
  });

  test('are one for a stack that was never locked, and one for its base', () => {
    expect(problemsWith({ distro: { lock: emptyLock('distro') }, language: { packages: { run: ['make'] } } })).toEqual([
      `chart/base (test/buildpacks/house.ts): its lock has no packages of the base; ${remedy('distro')}`,
      `chart/distro (test/buildpacks/house.ts): it has never been locked; ${remedy('distro')}`,
    ]);
  });

  test('are none for what an image that is the base is known to have', () => {
    const image = `registry.test/bookworm@sha256:${'d'.repeat(64)}`;
    const lock = { ...distroProps.lock, base: undefined };
    expect(problemsWith({ base: { kind: 'image', image }, distro: { ...distroProps, lock } })).toEqual([]);
  });

  test.each<[string, string, Changes]>([
    [
      "another stack's lock",
      "chart/language (test/buildpacks/house.ts): its lock is that of 'distro'; expected that of 'language': readLock('language')",
      { language: { lock: distroProps.lock } },
    ],
    [
      'another base than the lock says',
      'chart/distro (test/buildpacks/house.ts): its lock says other packages of the base than the base that it stands on has',
      { base: { lock: { stack: 'distro', base: locked(['ca-certificates'], '2') } } },
    ],
    [
      'a base without packages in its lock',
      'chart/base (test/buildpacks/house.ts): its lock has no packages of the base',
      { distro: { lock: { ...distroProps.lock, base: {} } } },
    ],
    [
      'a package of the base that its lock lacks',
      "chart/base (test/buildpacks/house.ts): package 'tzdata' is not in the lock",
      { base: { packages: ['ca-certificates', 'tzdata'] } },
    ],
    [
      'a package that the stack below has locked',
      "chart/language (test/buildpacks/house.ts): the lock names package 'curl' again, which what it stands on has",
      { language: { lock: { ...languageProps.lock, run: { ...languageProps.lock.run, ...locked(['curl']) } } } },
    ],
    [
      'a package in both images of a stack',
      "chart/distro (test/buildpacks/house.ts): the lock names package 'less' again, which the run image has",
      { distro: { lock: { ...distroProps.lock, build: { ...distroProps.lock.build, ...locked(['less']) } } } },
    ],
  ])('are %s', (_, problem, changes) => {
    expect(problemsWith(changes)).toContainEqual(expect.stringContaining(problem));
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

  test('says sizes, and what is made from it is the same without them and with others', () => {
    const { lock } = distroProps;
    const sized = (packages: object, size: number): object =>
      Object.fromEntries(Object.entries(packages).map(([name, each]) => [name, { ...(each as object), size }]));
    const file = (size: number) =>
      parseLock('distro', {
        ...lock,
        ...{ base: sized(lock.base, size), run: sized(lock.run, size), build: sized(lock.build, size) },
      });
    expect(file(7).run['curl']).toEqual({ ...lock.run['curl'], size: 7 });
    // Also to the byte: a lock is an argument of runs.
    const made = [file(7), file(8)].map((each) => JSON.stringify(withoutSizes(each)));
    expect(made).toEqual([JSON.stringify(lock), JSON.stringify(lock)]);
  });

  test('keeps, without its sizes, what a build takes where the mirror lacks the newest', () => {
    const [of] = Object.values(locked(['curl']));
    const curl = { ...of, fallback: { version: '0.9-1', sha256: 'b'.repeat(64), because: 'dropped' } };
    const file = parseLock('distro', { ...distroProps.lock, run: { curl: { ...curl, size: 7 } } });
    expect(withoutSizes(file).run).toEqual({ curl });
  });

  test.each<[string, object, string]>([
    ['without the packages of the run image', { abi, build: {} }, '  - run: '],
    ['with a key that is not known', { ...distroProps.lock, runn: {} }, 'Unrecognized key: "runn"'],
    ['with half of a checksum', { ...distroProps.lock, run: { curl: { version: '1', sha256: 'ab' } } }, '  - run.curl.sha256: '],
    ['with a size of nothing', { ...distroProps.lock, run: { curl: { ...locked(['curl'])['curl'], size: 0 } } }, '.curl.size: '],
    ['with a name in capitals', { ...distroProps.lock, run: locked(['Curl']) }, '  - run.Curl: '],
    ['of another stack', { ...distroProps.lock, stack: 'other' }, "  - stack: it is the lock of 'other'; expected 'distro'"],
    ['without a library', { ...distroProps.lock, abi: { ...abi, sonames: [] } }, '  - abi.sonames: '],
    ['with an empty library', { ...distroProps.lock, abi: { ...abi, sonames: [''] } }, '  - abi.sonames.0: '],
    ['with a library twice', { ...distroProps.lock, abi: { ...abi, sonames: ['libc 6', 'libc 6'] } }, "'libc 6' stands twice"],
    ['with a version of no number', { ...distroProps.lock, run: locked(['curl'], ':') }, '  - run.curl.version: '],
    ['with an empty version', { ...distroProps.lock, run: locked(['curl'], '-') }, '  - run.curl.version: '],
    ['with a version without its revision', { ...distroProps.lock, run: locked(['curl'], '1.0-') }, '  - run.curl.version: '],
    ['with a version that is code', { ...distroProps.lock, run: locked(['curl'], '1; id') }, '  - run.curl.version: '],
  ])('%s is refused, naming stack and key', (_, content, problem) => {
    expect(() => parseLock('distro', content)).toThrow(problem);
    expect(() => parseLock('distro', content)).toThrow('the lock of stack distro cannot be used:\n  - ');
  });
});
