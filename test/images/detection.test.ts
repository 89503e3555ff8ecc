import { type Member, optional } from '../../lib/buildpacks/builder/order';
import type { Buildpack } from '../../lib/buildpacks/buildpack/buildpack';
import { canBeWithoutParts, detectionProblems } from '../../lib/images/detection';
import { buildpack, BUILDPACKS, house, PYTHON, uwsgi as uwsgiPart } from '../buildpacks/house';

const [python, uwsgi, runner, platformImage] = BUILDPACKS as [Buildpack, Buildpack, Buildpack, Buildpack];
const procfile = buildpack('procfile');
const PARTS = [...PYTHON, uwsgiPart];

const problems = (order: readonly (readonly (Buildpack | Member)[])[], hasSource = false, parts = PARTS): string[] =>
  detectionProblems(house({ builder: { order }, runtimes: [] }).builder, { parts, hasSource });

test.each<[string, readonly (readonly (Buildpack | Member)[])[]]>([
  ['a group of all parts', [[optional(python), optional(uwsgi), optional(runner), platformImage]]],
  ['a group of these parts', [[python, uwsgi, platformImage]]],
  [
    'a group after one for others',
    [
      [python, platformImage],
      [optional(python), optional(uwsgi), platformImage],
    ],
  ],
  ['a group after one for sources, which a platform image has none of', [[procfile], [python, uwsgi, platformImage]]],
])('an image is laid by %s', (_, order) => {
  expect(problems(order)).toEqual([]);
});

test.each<[string, readonly (readonly (Buildpack | Member)[])[], string]>([
  [
    'no group has all parts',
    [
      [optional(python), platformImage],
      [optional(uwsgi), platformImage],
    ],
    'no order group of builder python-builder can lay its parts python, uwsgi: ' +
      'group 0 has no buildpack for uwsgi before platform-image; group 1 has no buildpack for python before platform-image. Have one',
  ],
  ['platform-image is optional', [[python, uwsgi, optional(platformImage)]], 'group 0 has platform-image as optional'],
  [
    'platform-image comes before a part',
    [[python, platformImage, uwsgi]],
    'group 0 has no buildpack for uwsgi before platform-image',
  ],
  ['there is no platform-image', [[optional(python), uwsgi]], 'group 0 has no platform-image'],
  [
    'a group wants a part that the image has not',
    [[python, uwsgi, runner, platformImage]],
    'group 0 wants webservice-runner always',
  ],
  ['a group wants a source', [[python, uwsgi, platformImage, procfile]], 'group 0 wants procfile always'],
  [
    'an earlier group lays some parts, and nothing sees that',
    [[python], [python, uwsgi, platformImage]],
    'order group 0 of builder python-builder comes before group 1 and may be used for it',
  ],
])('it is said that %s', (_, order, problem) => {
  expect(problems(order)).toEqual([expect.stringContaining(problem)]);
});

test("a tool's source may want what nobody knows here", () => {
  expect(problems([[python, uwsgi, platformImage, procfile]], true)).toEqual([]);
  expect(problems([[procfile], [python, uwsgi, platformImage]], true)).toEqual([expect.stringContaining('order group 0')]);
});

test('a source alone needs a group without a mandatory part', () => {
  const can = (order: readonly (readonly (Buildpack | Member)[])[]): boolean =>
    canBeWithoutParts(house({ builder: { order }, runtimes: [] }).builder);
  expect(can([[optional(python), platformImage, optional(procfile)]])).toBe(false);
  expect(can([[python, procfile]])).toBe(false);
  expect(can([[optional(python), procfile]])).toBe(true);
});
