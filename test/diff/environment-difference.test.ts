import { stripVTControlCharacters } from 'node:util';
import { compareObjects } from '../../lib/diff/environment-difference';
import { renderDifference } from '../../lib/diff/render-difference';
import { FormerPaths } from '../../lib/synth/aliases';
import { configMap, object, run } from './objects';

const IMAGE = 'registry.local:5000/platform/web:c-0123456789abcdef';
const PINNED = `${IMAGE.split(':c-')[0] ?? ''}@sha256:${'1'.repeat(64)}`;

test('the same objects in another order: no difference', () => {
  const objects = [configMap('a/one', 'one', { k: 'v' }), configMap('a/two', 'two', { k: 'v' })];
  expect(compareObjects(objects, objects.toReversed()).objects).toEqual([]);
});

test('new, gone and changed objects', () => {
  const from = [configMap('a/gone', 'gone', {}), configMap('a/changed', 'changed', { k: 'v' })];
  const to = [configMap('a/changed', 'changed', { k: 'w' }), configMap('b/new', 'new', {})];
  expect(compareObjects(from, to).objects).toMatchObject([
    { kind: 'changed', path: 'a/changed', object: 'core/ConfigMap builds/changed', changes: [{ field: 'data.k' }] },
    { kind: 'new', chart: 'b', path: 'b/new', changes: [] },
    { kind: 'gone', path: 'a/gone', changes: [] },
  ]);
});

test('an object that another construct declares has moved, and its changes are told too', () => {
  const { objects } = compareObjects([configMap('a/one', 'files', { k: 'v' })], [configMap('b/other', 'files', { k: 'w' })]);
  expect(objects).toMatchObject([{ kind: 'moved', path: 'b/other', formerPath: 'a/one', changes: [{ field: 'data.k' }] }]);
});

describe('a moved object', () => {
  const [from, to] = [[configMap('a/one', 'files', {})], [configMap('b/other', 'files', {})]];
  const moved = (table: FormerPaths | undefined) => compareObjects(from, to, { formerPaths: table });

  test('without an alias is what `up` will refuse, and is told so', () => {
    expect(moved(new FormerPaths({})).objects).toMatchObject([{ kind: 'moved', lacksAlias: true }]);
    expect(renderDifference(moved(new FormerPaths({})))).toContain("unless stacks/aliases.ts says 'a/one': 'b/other'");
  });

  test.each([
    ['of its own', { 'a/one': 'b/other' }],
    ['of what is around it', { a: 'b', 'b/one': 'b/other' }],
  ])('with an alias %s is fine', (_, table) => {
    expect(moved(new FormerPaths(table)).objects[0]).not.toHaveProperty('lacksAlias');
  });

  test('is not judged where no table is known', () => {
    expect(moved(undefined).objects[0]).not.toHaveProperty('lacksAlias');
  });

  test('of another name is another object, which needs no alias', () => {
    const { objects } = compareObjects(
      [configMap('a/files', 'files-0123456789', {})],
      [configMap('b/files', 'files-abcdef0123', {})],
      { formerPaths: new FormerPaths({}) },
    );
    expect(objects).toMatchObject([{ kind: 'moved' }]);
    expect(objects[0]).not.toHaveProperty('lacksAlias');
  });
});

test('a construct that gives its object another name', () => {
  const { objects } = compareObjects([configMap('a/one', 'before', {})], [configMap('a/one', 'after', {})]);
  expect(objects).toMatchObject([{ kind: 'changed', changes: [{ field: 'metadata.name', from: 'before', to: 'after' }] }]);
});

test('another kind at a path is another object', () => {
  const { objects } = compareObjects([object('a/one', 'Secret', 'one')], [configMap('a/one', 'one', {})]);
  expect(objects.map(({ kind }) => kind)).toEqual(['new', 'gone']);
});

test.each([
  ['at its path', 'platform/contract', 'changed'],
  ['at another path', 'other/contract', 'moved'],
])('files named by their content are compared by key, %s', (_, path, kind) => {
  const from = [configMap('platform/contract', 'contract-0123456789', { a: 'x', b: 'y' })];
  const { objects } = compareObjects(from, [configMap(path, 'contract-abcdef0123', { a: 'x', b: 'z' })]);
  expect(objects).toMatchObject([{ kind, formerName: 'contract-0123456789', changes: [{ field: 'data.b' }] }]);
  expect(objects[0]?.changes).toHaveLength(1);
});

describe('a run', () => {
  const before = run('a/web', 'web-0123456789-1', IMAGE, { suite: 'bookworm' });

  test('with other parameters is another run, which says what of it changed', () => {
    const { objects } = compareObjects([before], [run('a/web', 'web-abcdef0123-1', IMAGE, { suite: 'trixie' })]);
    expect(objects).toMatchObject([
      { kind: 'changed', formerName: 'web-0123456789-1', changes: [{ field: 'spec.params[suite].value', to: 'trixie' }] },
    ]);
    expect(objects[0]?.changes).toHaveLength(1);
  });

  test('of a task that changed names the task', () => {
    const pipeline = object('p/stack', 'Pipeline', 'stack', { spec: { tasks: [{ name: 'make', taskRef: { name: 'make' } }] } });
    const task = (script: string) => object('p/make', 'Task', 'make', { spec: { steps: [{ name: 'make', script }] } });
    const after = run('a/web', 'web-abcdef0123-1', IMAGE, { suite: 'bookworm' });
    const { objects } = compareObjects([pipeline, task('old'), before], [pipeline, task('new'), after]);
    expect(objects.find(({ path }) => path === 'a/web')).toMatchObject({ changes: [], executes: ['p/make'] });
  });

  test.each([
    ['unchanged', 'web-0123456789-1', `${IMAGE}-r11`, `${IMAGE}-r11`],
    ['found', 'web-abcdef0123-1', `${IMAGE}-r11`, `${IMAGE}-r11`],
    ['rebased', 'web-abcdef0123-1', `${IMAGE}-r11`, `${IMAGE}-r22`],
    ['rebuilt', 'web-abcdef0123-1', `${IMAGE}-r11`, `${IMAGE}0-r11`],
    ['rebuilt', 'web-abcdef0123-1', `${IMAGE}-r11`, `${IMAGE}0-r22`],
    ['rebuilt', 'web-abcdef0123-1', IMAGE, `${IMAGE}0`],
    ['pinned', 'web-abcdef0123-1', IMAGE, PINNED],
    ['unchanged', 'web-0123456789-1', PINNED, PINNED],
    ['found', 'web-abcdef0123-1', PINNED, PINNED],
    ['pinned', 'web-abcdef0123-1', PINNED, `${PINNED}0`],
    ['unpinned', 'web-abcdef0123-1', PINNED, IMAGE],
    ['rebuilt', 'web-abcdef0123-1', IMAGE, IMAGE.replace('platform', 'elsewhere')],
  ])('%s: its image', (effect, name, from, to) => {
    const { images } = compareObjects([run('a/web', 'web-0123456789-1', from)], [run('a/web', name, to)]);
    expect(images).toEqual([{ path: 'a/web', effect, from, to }]);
  });

  test('whose construct has another path and another id is known by the repository of its image', () => {
    const { objects, images } = compareObjects([before], [run('b/site', 'site-abcdef0123-1', IMAGE, { suite: 'bookworm' })]);
    expect(objects).toMatchObject([{ kind: 'moved', path: 'b/site', formerPath: 'a/web' }]);
    expect(images).toEqual([{ path: 'b/site', effect: 'found', from: IMAGE, to: IMAGE }]);
  });

  test('that is pinned under another path is known by its repository, too', () => {
    const { images } = compareObjects([before], [run('b/site', 'site-abcdef0123-1', PINNED, { suite: 'bookworm' })]);
    expect(images).toEqual([{ path: 'b/site', effect: 'pinned', from: IMAGE, to: PINNED }]);
  });

  test('that is new or gone makes its image new or gone', () => {
    expect(compareObjects([], [before]).images).toEqual([{ path: 'a/web', effect: 'new', to: IMAGE }]);
    expect(compareObjects([before], []).images).toEqual([{ path: 'a/web', effect: 'gone', from: IMAGE }]);
  });
});

test('for people: charts, symbols, fields, images, counts', () => {
  const from = [
    configMap('a/gone', 'gone', {}),
    configMap('a/one', 'one', { k: 'v' }),
    run('a/web', 'web-0123456789-1', `${IMAGE}-r11`),
  ];
  const to = [
    configMap('b/moved', 'one', { k: 'w' }),
    run('a/web', 'web-abcdef0123-1', `${IMAGE}-r22`),
    configMap('b/new', 'new', {}),
  ];
  expect(stripVTControlCharacters(renderDifference(compareObjects(from, to)))).toBe(
    `b
  > moved  core/ConfigMap builds/one
      moved from a/one
      data.k: v -> w
  + new  core/ConfigMap builds/new

a
  - gone  core/ConfigMap builds/gone
  ~ web  tekton.dev/PipelineRun builds/web-abcdef0123-1
      another run; it was named web-0123456789-1

┌──────────────────────────────────┬──────────────┬────────────────────────┬────────────────────────┐
│ image                            │ what happens │ from                   │ to                     │
├──────────────────────────────────┼──────────────┼────────────────────────┼────────────────────────┤
│ registry.local:5000/platform/web │ rebased      │ c-0123456789abcdef-r11 │ c-0123456789abcdef-r22 │
└──────────────────────────────────┴──────────────┴────────────────────────┴────────────────────────┘

Objects: 1 new, 1 gone, 1 changed, 1 moved. Images: 1 rebased.`,
  );
});

test('for people: what replaces a pin is perhaps in the registry', () => {
  const difference = compareObjects([run('a/web', 'web-0123456789-1', PINNED)], [run('a/web', 'web-abcdef0123-1', IMAGE)]);
  const shown = stripVTControlCharacters(renderDifference(difference));
  expect(shown).toContain('unpinned: found, or made');
  expect(shown).toContain('Images: 1 unpinned.');
});
