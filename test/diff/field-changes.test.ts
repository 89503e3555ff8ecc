import { fieldChanges } from '../../lib/diff/field-changes';

const HASH = 'a'.repeat(64);
const OTHER_HASH = 'b'.repeat(64);
/** Field, kind and what the kind tells, without the structured path. */
const changes = (from: unknown, to: unknown): object[] => fieldChanges(from, to).map(({ path, ...change }) => change);

test('what means the same has no changes, whatever the order of keys', () => {
  expect(changes({ a: 1, b: [{ name: 'x', v: 1 }] }, { b: [{ v: 1, name: 'x' }], a: 1 })).toEqual([]);
});

test('added, removed and other values are named by field', () => {
  expect(changes({ spec: { a: 1, b: 2 } }, { spec: { b: 3, c: { d: 4 } } })).toEqual([
    { field: 'spec.a', kind: 'removed', from: 1 },
    { field: 'spec.b', kind: 'value', from: 2, to: 3 },
    { field: 'spec.c', kind: 'added', to: { d: 4 } },
  ]);
});

test('keys that are no words are quoted', () => {
  expect(changes({ data: { 'a.json': 'x' } }, { data: { 'a.json': 'y' } })).toEqual([
    { field: 'data["a.json"]', kind: 'value', from: 'x', to: 'y' },
  ]);
});

test('items with names are compared by name: an item in front does not change those behind it', () => {
  const from = { steps: [{ name: 'build', image: 'a' }] };
  const to = {
    steps: [
      { name: 'look-up', image: 'a' },
      { name: 'build', image: 'b' },
    ],
  };
  expect(changes(from, to)).toEqual([
    { field: 'steps[build].image', kind: 'value', from: 'a', to: 'b' },
    { field: 'steps[look-up]', kind: 'added', to: { name: 'look-up', image: 'a' } },
  ]);
});

test('a volume that is mounted twice is told apart by where it is mounted', () => {
  const mounts = (readOnly: boolean): object[] => [
    { name: 'work', mountPath: '/work' },
    { name: 'work', mountPath: '/cache', readOnly },
  ];
  expect(changes(mounts(false), mounts(true))).toEqual([{ field: '[/cache].readOnly', kind: 'value', from: false, to: true }]);
});

test('named items in another order are that, for steps run in it', () => {
  const [one, two] = [{ name: 'one' }, { name: 'two' }];
  expect(changes([one, two], [two, one])).toEqual([{ field: '', kind: 'order', from: ['one', 'two'], to: ['two', 'one'] }]);
});

test('items without names are compared by place', () => {
  expect(changes({ rules: [{ verbs: ['get'] }] }, { rules: [{ verbs: ['get', 'list'] }] })).toEqual([
    { field: 'rules[0].verbs', kind: 'items', from: ['get'], to: ['get', 'list'], added: ['list'], removed: [] },
  ]);
});

test('plain values in another order are no additions', () => {
  expect(changes(['a', 'b', 'c'], ['b', 'c', 'a'])).toEqual([
    { field: '', kind: 'order', from: ['a', 'b', 'c'], to: ['b', 'c', 'a'] },
  ]);
});

test('a script shows the lines that differ with little around them', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index + 1}`);
  const from = lines.join('\n');
  const [change] = fieldChanges({ script: from }, { script: from.replace('line 10', 'line ten') });
  expect(change).toMatchObject({
    kind: 'text',
    lines: ['@@ -8,5 +8,5 @@', ' line 8', ' line 9', '-line 10', '+line ten', ' line 11', ' line 12'],
  });
});

test('JSON in a parameter is compared inside', () => {
  const params = (settings: object): object => ({ params: [{ name: 'settings', value: JSON.stringify(settings) }] });
  expect(changes(params({ user: '1', packages: ['jq'] }), params({ user: '2', packages: ['jq', 'git'] }))).toEqual([
    { field: 'params[settings].value: packages', kind: 'items', from: ['jq'], to: ['jq', 'git'], added: ['git'], removed: [] },
    { field: 'params[settings].value: user', kind: 'value', from: '1', to: '2' },
  ]);
});

test('JSON that differs in layout only is compared as text', () => {
  expect(changes('{"a":1}', '{ "a": 1 }')).toMatchObject([{ kind: 'value', from: '{"a":1}', to: '{ "a": 1 }' }]);
});

test('a lock shows packages and versions', () => {
  const from = `gone 1 ${HASH}\nlibssl3 3.0.20 ${HASH}\nrebuilt 2 ${HASH}\nsame 1 ${HASH}`;
  const to = `libssl3 3.0.22 ${OTHER_HASH}\nnew 1 ${HASH}\nrebuilt 2 ${OTHER_HASH}\nsame 1 ${HASH}`;
  expect(changes(from, to)).toMatchObject([
    {
      kind: 'packages',
      packages: [
        { name: 'gone', from: '1' },
        { name: 'libssl3', from: '3.0.20', to: '3.0.22' },
        { name: 'new', to: '1' },
        { name: 'rebuilt', from: '2', to: '2' },
      ],
    },
  ]);
});

test('the first package of an empty lock is new', () => {
  expect(changes('', `tzdata 1 ${HASH}`)).toMatchObject([{ kind: 'packages', packages: [{ name: 'tzdata', to: '1' }] }]);
});
