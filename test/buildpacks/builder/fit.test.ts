import { Construct } from 'constructs';
import { Builder } from '../../../lib/buildpacks/builder/builder';
import { optional } from '../../../lib/buildpacks/builder/order';
import { Runtime } from '../../../lib/buildpacks/runtime/runtime';
import { Stack } from '../../../lib/buildpacks/stack/stack';
import type { SynthesisError } from '../../../lib/synth/validation';
import {
  buildpack,
  BUILDPACKS,
  type Changes,
  distroProps,
  house,
  languageProps,
  locked,
  pythonProps,
  uwsgiProps,
} from '../house';

type House = ReturnType<typeof house>;

/** What is said of the house, or of what a test adds to it. */
function problemsWith(changes: Changes, add: (all: House) => void = () => undefined): readonly string[] {
  const all = house(changes);
  add(all);
  try {
    all.app.synthesize();
    return [];
  } catch (error) {
    return (error as SynthesisError).problems;
  }
}
const [python, uwsgi, , platformImage] = BUILDPACKS as [
  (typeof BUILDPACKS)[0],
  (typeof BUILDPACKS)[0],
  unknown,
  (typeof BUILDPACKS)[0],
];
const order = [[optional(python), optional(uwsgi), platformImage]];

test('the house fits', () => {
  expect(problemsWith({})).toEqual([]);
});

test('two runtimes of one name', () => {
  const problems = problemsWith({}, ({ chart, distro, language, python: first }) => {
    const second = new Runtime(new Construct(chart, 'other'), 'python', { ...pythonProps, version: '3.11.9', builtOn: distro });
    new Builder(chart, 'two', { stack: language, runtimes: [first, second], order });
  });
  expect(problems).toContainEqual(
    expect.stringMatching(
      /^chart\/two .*the runtime python \(chart\/python\) and the runtime python \(chart\/other\/python\) are both named/,
    ),
  );
});

test('one runtime twice', () => {
  const problems = problemsWith({}, ({ chart, language, python: one }) => {
    new Builder(chart, 'two', { stack: language, runtimes: [one, one], order });
  });
  expect(problems).toEqual([
    expect.stringMatching(/^chart\/two .*the runtime python \(chart\/python\) is named in `runtimes`, and/),
  ]);
});

test('a runtime without the one that it is built against', () => {
  expect(problemsWith({ runtimes: ['uwsgi'] })).toEqual([
    expect.stringMatching(
      /the runtime uwsgi \(chart\/uwsgi\) is built against the runtime python \(chart\/python\), 3.11.2, .*add that to/,
    ),
  ]);
});

test('a runtime built against another one of that name', () => {
  const problems = problemsWith({}, ({ chart, distro, language, uwsgi: server }) => {
    const other = new Runtime(new Construct(chart, 'other'), 'python', { ...pythonProps, version: '3.11.9', builtOn: distro });
    new Builder(chart, 'two', { stack: language, runtimes: [other, server], order });
  });
  expect(problems).toContainEqual(
    expect.stringMatching(/which the builder lacks; the builder has .*3\.11\.9; build it against that/),
  );
});

test('a runtime built against one of another release', () => {
  const target = { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '13' } } as const;
  const problems = problemsWith({}, ({ chart, distro }) => {
    const image = `registry.test/python@sha256:${'5'.repeat(64)}`;
    const theirs = Runtime.fromImage(chart, 'theirs', { image, version: '3.13.5', target });
    new Runtime(chart, 'server', { ...uwsgiProps, builtOn: distro, against: theirs });
  });
  expect(problems).toEqual([
    expect.stringMatching(/^chart\/server .*it is for debian 12, but chart\/theirs, .* for debian 13; build both/),
  ]);
});

test('the facade of another version', () => {
  const facade = {
    '/usr/bin/python3.13': '/layers/toolforge_python/python/bin/python3.13',
    '/usr/bin/python3': '/usr/bin/python3.13',
  };
  expect(problemsWith({ language: { facade } })).toEqual([
    expect.stringMatching(
      /facade of language has 1 links into python 3\.13, such as \/usr\/bin\/python3\.13, but .* is 3\.11\.2; declare/,
    ),
  ]);
  const right = { '/usr/bin/python3.11': '/layers/toolforge_python/python/bin/python3.11' };
  expect(problemsWith({ language: { facade: right } })).toEqual([]);
});

test('a run image without what a runtime needs', () => {
  const { libffi8: _, ...run } = languageProps.lock.run as Record<string, { version: string; sha256: string }>;
  expect(problemsWith({ language: { lock: { ...languageProps.lock, run } } })).toEqual([
    expect.stringMatching(
      /the runtime python \(chart\/python\) needs packages that the run image of language lacks: libffi8; add them/,
    ),
  ]);
});

test('a build image without what a recipe needs', () => {
  expect(problemsWith({ distro: { lock: { ...distroProps.lock, build: locked(['gcc']) } } })).toContainEqual(
    expect.stringMatching(
      /^chart\/python .*the recipe python needs packages that the build image of distro lacks: build-essential, /,
    ),
  );
});

test('a runtime of a richer stack of the same release', () => {
  const problems = problemsWith({}, ({ chart, language }) => {
    const lock = { ...languageProps.lock, stack: 'richer', run: locked(['libicu72']) };
    const richer = new Stack(chart, 'richer', { extends: language, packages: { run: ['libicu72'] }, lock });
    const own = new Runtime(new Construct(chart, 'other'), 'python', { ...pythonProps, builtOn: richer });
    new Builder(chart, 'two', { stack: language, runtimes: [own], order });
  });
  expect(problems).toContainEqual(
    expect.stringMatching(
      /is built on the stack richer, on which the builder's stack language does not stand: .*build it on language/,
    ),
  );
});

test('two versions of one buildpack', () => {
  const other = { ...buildpack('python'), version: '2.0.0' };
  expect(problemsWith({ builder: { order: [[python, platformImage], [other]] }, runtimes: [] })).toContainEqual(
    expect.stringContaining('buildpack toolforge/python is in it in the versions 1.2.3, 2.0.0; keep one'),
  );
});

test('a group that is never used', () => {
  const shadowed = [
    [optional(python), optional(uwsgi), platformImage],
    [python, platformImage],
  ];
  expect(problemsWith({ builder: { order: shadowed } })).toEqual([
    expect.stringContaining('order group 1 can never be used: wherever its buildpacks want to take part, group 0 does'),
  ]);
  expect(problemsWith({ builder: { order: [...shadowed].reverse() } })).toEqual([]);
});
