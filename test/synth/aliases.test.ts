import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { aliasProblems, type Aliases, FormerPaths, unusedAliases } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';
import type { SynthesizedObject } from '../../lib/synth/synthesized';

/** An environment with a ConfigMap at each of these paths. */
function declared(...paths: readonly string[]): readonly SynthesizedObject[] {
  const app = new EnvironmentApp('test');
  for (const path of paths) {
    const [chart = '', ...ids] = path.split('/');
    const top = (app.node.tryFindChild(chart) ?? new Chart(app, chart, { disableResourceNameHashes: true })) as Construct;
    const around = ids
      .slice(0, -1)
      .reduce((scope, id) => (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id), top);
    const metadata = { name: path.replaceAll('/', '-') };
    new ApiObject(around, ids.at(-1) ?? '', { apiVersion: 'v1', kind: 'ConfigMap', metadata });
  }
  return app.synthesize().objects;
}

describe('former paths', () => {
  test.each<[string, Aliases, string, readonly string[]]>([
    ['none', {}, 'a/b', []],
    ['of a rename', { 'a/b': 'a/c' }, 'a/c', ['a/b']],
    ['of a move to another chart', { 'a/b': 'x/b' }, 'x/b', ['a/b']],
    ['of what is below a renamed chart', { a: 'x' }, 'x/b/c', ['a/b/c']],
    ['not of a chart whose name only starts alike', { a: 'x' }, 'xy/b', []],
    ['through two renames, the oldest first', { 'a/b': 'a/c', 'a/c': 'a/d' }, 'a/d', ['a/b', 'a/c']],
    ['through a rename and then one of its chart', { 'a/b': 'c/d', c: 'e' }, 'e/d', ['a/b', 'c/d']],
    ['through a rename of a chart and then one in it', { a: 'x', 'x/b': 'x/c' }, 'x/c', ['a/b', 'x/b']],
    ['of what moved by itself out of a renamed chart', { a: 'x', 'a/b': 'y/b' }, 'y/b', ['a/b']],
    ['not of a newcomer under the name that this one would have', { a: 'x', 'a/b': 'y/b' }, 'x/b', []],
    ['of what was renamed by itself in a renamed chart', { a: 'x', 'a/b': 'x/c' }, 'x/c', ['a/b']],
  ])('%s', (_, aliases, path, former) => {
    expect(new FormerPaths(aliases).of(path)).toEqual(former);
    expect(new FormerPaths(aliases).originOf(path)).toBe(former[0] ?? path);
  });

  test('a circle ends', () => {
    expect(new FormerPaths({ 'a/b': 'a/c', 'a/c': 'a/b' }).of('a/b')).toHaveLength(2);
  });
});

test.each<[string, unknown, string]>([
  ['nothing', null, 'stacks/aliases.ts: `aliases` is no table; write '],
  ['a list', ['a'], 'stacks/aliases.ts: `aliases` is no table; write '],
  ['a number in it', { a: 1 }, "alias 'a': '1': what it leads to is no text; write a construct path"],
])('a table that is none, once types are lost: %s', (_, table, problem) => {
  expect(aliasProblems(table as Aliases, [])).toEqual([expect.stringContaining(problem)]);
});

describe('what an entry gets wrong', () => {
  test.each<[string, Aliases, RegExp]>([
    ['an alias to itself', { 'a/b': 'a/b' }, /^alias 'a\/b': 'a\/b' says nothing: both are the same path; remove it$/],
    ['a path with a slash too many', { 'a/': 'x' }, /^alias 'a\/': 'x': 'a\/' is no construct path; write it as/],
    [
      'two that became one',
      { 'p/q': 'x/y', 'r/s': 'x/y' },
      /^alias 'r\/s': 'x\/y': alias 'p\/q': 'x\/y' has become the same construct; remove the one whose objects are gone$/,
    ],
    [
      'a circle',
      { 'p/q': 'r/s', 'r/s': 'p/q' },
      /^alias 'p\/q': 'r\/s' is part of a circle; remove the entry of the older change/,
    ],
    [
      'an object that is still declared',
      { 'a/b': 'x/y' },
      /^alias 'a\/b': 'x\/y': 'a\/b' is still declared; give the new construct/,
    ],
    ['a chart that is still declared', { a: 'x' }, /^alias 'a': 'x': 'a' is still declared; .* name one by one what has moved$/],
  ])('%s', (_, aliases, problem) => {
    expect(aliasProblems(aliases, declared('a/b', 'x/y'))[0]).toMatch(problem);
  });

  test('nothing, of a table that is right', () => {
    const aliases = { 'p/q': 'p/r', 'p/r': 'a/b', old: 'x' };
    const objects = declared('a/b', 'x/y/z');
    expect([...aliasProblems(aliases, objects), ...unusedAliases(aliases, [objects])]).toEqual([]);
  });
});

describe('what no environment needs', () => {
  test('an entry that leads nowhere', () => {
    expect(unusedAliases({ 'p/q': 'a/c' }, [declared('a/b'), declared('x/y')])).toEqual([
      "alias 'p/q': 'a/c': 'a/c' is declared in no environment; correct the path, or remove the entry if the construct is gone",
    ]);
  });

  test('one that leads nowhere through another', () => {
    expect(unusedAliases({ 'p/q': 'p/r', p: 'o' }, [declared('a/b')])[0]).toContain(
      "'p/r', which has become 'o/r', is declared in no environment",
    );
  });

  test('one environment that declares it is enough', () => {
    expect(unusedAliases({ 'p/q': 'x/y' }, [declared('a/b'), declared('x/y')])).toEqual([]);
  });
});
