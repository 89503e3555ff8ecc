import { contentProblems, environmentProblems, userProblems } from '../../../lib/buildpacks/stack/image-content';
import { type Changes, house } from '../house';

const NOTHING = { files: {}, links: {} };
const LAYER = '/layers/x/x/bin/x';
const link = (path: string, target = LAYER) => contentProblems({ files: {}, links: { [path]: target } }, NOTHING);
const file = (path: string, text = 'x') => contentProblems({ files: { [path]: text }, links: {} }, NOTHING);

test.each([0, -1, 1.5, 2147483648, Number.NaN])('no image has the user %d', (user) => {
  expect(userProblems(user)).toEqual([
    expect.stringContaining(`its user is ${user}; expected a whole number from 1 to 2147483647`),
  ]);
});

test.each(['usr/bin/x', '/usr/../etc/x', '/usr//x', '/usr/./x', '/usr/bin/', '', '/', '/a\nb', `/${'a'.repeat(256)}`])(
  'neither a file nor a link can be at %j',
  (path) => {
    for (const problems of [link(path), file(path)]) expect(problems[0]).toMatch(/expected an absolute path such as/);
  },
);

test.each([
  ['/usr/bin/bash', /belongs to a package of every Debian/],
  ['/bin/sh', /belongs to a package of every Debian/],
  ['/etc/passwd', /accounts are Debian's/],
  ['/etc/shadow', /accounts are Debian's/],
  ['/usr', /a folder of the distribution/],
  ['/lib', /a folder of the distribution/],
  ['/proc/x', /puts its own there/],
  ['/tmp/x', /puts its own there/],
  ['/etc/resolv.conf', /puts its own there/],
  ['/data/project/x', /puts its own there/],
  ['/layers/x', /puts its own there/],
])('nothing of ours is at %s', (path, problem) => {
  for (const problems of [link(path), file(path)]) expect(problems[0]).toMatch(problem);
});

test.each(['../x', 'x', '/layers/../x', '/usr/local/x', '/usr/local/x/y'])(
  'a link at /usr/local/x cannot lead to %s',
  (target) => {
    expect(link('/usr/local/x', target)).toEqual([
      expect.stringMatching(/^the facade's '\/usr\/local\/x' to '.*(expected as its target|leads back to itself)/),
    ]);
  },
);

test('links cannot lead in a circle, by two names of one folder either', () => {
  const problems = contentProblems({ files: {}, links: { '/usr/bin/a': '/bin/b', '/usr/bin/b': '/bin/a' } }, NOTHING);
  expect(problems).toEqual([expect.stringMatching(/leads back to itself/), expect.stringMatching(/leads back to itself/)]);
});

describe('one path is for one thing:', () => {
  test.each<[string, object, object, RegExp]>([
    [
      'a file and a link',
      { files: { '/opt/x': '' }, links: { '/opt/x': LAYER } },
      {},
      /the file '\/opt\/x' at this path; remove one/,
    ],
    ['/bin and /usr/bin', { links: { '/bin/x': LAYER, '/usr/bin/x': LAYER } }, {}, /'\/bin\/x' at this path; remove one/],
    [
      'a link of the stack below',
      { links: { '/opt/x': LAYER } },
      { links: { '/opt/x': '/y' } },
      /a stack below leads to \/y at this/,
    ],
    [
      'a file through a link below',
      { files: { '/opt/x': '' } },
      { links: { '/opt/x': '/y' } },
      /a stack below leads to \/y at this/,
    ],
    [
      'a link over a file below',
      { links: { '/opt/x': LAYER } },
      { files: { '/opt/x': '' } },
      /the stack below has a file at this/,
    ],
    [
      'a file below a link',
      { files: { '/opt/x/y': '' }, links: { '/opt/x': LAYER } },
      {},
      /is below '\/opt\/x', where the facade's/,
    ],
    ['a file below a file', { files: { '/opt/x/y': '' } }, { files: { '/opt/x': '' } }, /is below '\/opt\/x'/],
  ])('%s', (_, own, below, problem) => {
    expect(contentProblems({ ...NOTHING, ...own }, { ...NOTHING, ...below })).toEqual([expect.stringMatching(problem)]);
  });

  test('but an upper stack may have another text in a file', () => {
    expect(contentProblems({ files: { '/etc/x': 'b' }, links: {} }, { files: { '/etc/x': 'a' }, links: {} })).toEqual([]);
  });
});

test('what no parameter can hold is in no file', () => {
  expect(file('/etc/x', 'a\0b')).toEqual(["the file '/etc/x' has a NUL character, which no parameter of a build can hold"]);
});

test('variables have names, and none of ours is HOME', () => {
  expect(environmentProblems({ TZ: 'UTC', '1A': '', 'a-b': '', HOME: '/x', N: '\0' })).toHaveLength(4);
});

test.each<[string, Changes, string]>([
  ['its user', { distro: { user: 0 } }, 'chart/distro (test/buildpacks/house.ts): its user is 0; expected'],
  [
    'its files',
    { distro: { files: { '/etc/passwd': '' } } },
    "chart/distro (test/buildpacks/house.ts): the file '/etc/passwd': accounts",
  ],
  [
    'its facade',
    { language: { facade: { '/usr/bin/bash': LAYER } } },
    "chart/language (test/buildpacks/house.ts): the facade's '/usr/bin/ba",
  ],
  ['its environment', { distro: { environment: { HOME: '/x' } } }, 'chart/distro (test/buildpacks/house.ts): the variable HOME:'],
])('a stack is told at synth of %s', (_, changes, message) => {
  expect(() => house(changes).app.synthesize()).toThrow(message);
});
