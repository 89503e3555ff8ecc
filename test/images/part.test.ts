import { definePart, laysPart, runtimeOf } from '../../lib/images/part';
import { buildpack } from '../buildpacks/house';

const other = definePart({ name: 'other', kind: 'layer', buildpack: buildpack('other'), options: {} });
const part = definePart<{ readonly version: string; readonly type: 'a' | 'b' }>({
  name: 'some',
  kind: 'layer',
  buildpack: buildpack('some'),
  options: { version: '[0-9]+\\.[0-9]+', type: 'a|b' },
  needs: [{ part: other }, { part: { name: 'more' }, when: { option: 'type', is: 'b' } }],
  runtimes: {
    releases: { bookworm: ['1.10.2', '1.1.9'].map((version) => ({ version, from: { kind: 'debian-packages', packages: [] } })) },
  },
});

test('detection asks in jq what the declaration says', () => {
  expect(part.buildpack?.files.find(({ path }) => path === 'part-options.jq')).toEqual({
    path: 'part-options.jq',
    content: [
      '# What the part some may say, each option by what it has to match, and which parts it needs.',
      'def options: { "version": "[0-9]+\\\\.[0-9]+", "type": "a|b" };',
      'def needed: "other", if .type == "b" then "more" else empty end;',
      '',
    ].join('\n'),
    executable: false,
  });
});

test('a buildpack that lays a part is told by that, and is another than the one without', () => {
  const without = buildpack('some');
  expect([without, part.buildpack ?? without].map(laysPart)).toEqual([false, true]);
  expect(part.buildpack?.hash).not.toBe(without.hash);
  expect(part.buildpack?.files.map(({ path }) => path)).toEqual(['bin/build', 'lay/layer.sh', 'part-options.jq']);
});

test('a part needs what its options say', () => {
  expect(part.with({ version: '1.1', type: 'a' }).needs).toEqual(['other']);
  expect(part.with({ version: '1.1', type: 'b' }).needs).toEqual(['other', 'more']);
});

test('options that types let through are said', () => {
  const wrong = { version: '1.x', type: 'a', colour: 'red' } as const;
  expect(part.with(wrong).problems).toEqual([
    "the part 'some' has no option 'colour'; remove it",
    "the part 'some' has the version '1.x'; expected is what matches [0-9]+\\.[0-9]+",
  ]);
});

test.each([
  ['1.1', '1.1.9'],
  ['1.10', '1.10.2'],
  ['1.2', undefined],
])('the release of %s is %s', (version, release) => {
  expect(runtimeOf(part.with({ version, type: 'a' }), 'bookworm')?.version).toBe(release);
  expect(runtimeOf(part.with({ version, type: 'a' }), 'trixie')).toBeUndefined();
});
