import { Interrupted } from '../../cli/interruptible';
import { type Moving, moveTags } from '../../cli/move-tags';
import type { RollbackTarget } from '../../cli/rollback-targets';
import { PlatformImage } from '../../lib/images/platform-image';

const digest = (of: string) => `sha256:${of.repeat(64)}` as const;
const platform = (name: string): RollbackTarget => {
  const image = Object.create(PlatformImage.prototype) as PlatformImage;
  return {
    image: Object.assign(image, { name, public: `registry.test/${name}:latest`, publicTags: ['testing', 'latest'] }),
    digest: digest('a'),
  };
};
const nameOf = (line: string): string => line.split(' ')[0] ?? '';
/** A pod that moves all. */
const moveAll: Moving['move'] = (lines) =>
  Promise.resolve(lines.map((line) => JSON.stringify({ name: nameOf(line), moved: 'testing latest' })).join('\n'));
const askNothing: Moving['ask'] = () => Promise.resolve(new Map());
/** More than one pod is told of. */
const many = Array.from({ length: 1000 }, (_, i) => platform(`image-${i}`));
const all = many.map(({ image }) => image.name);

/** What moves of many when the second of the pods fails. */
async function withFailure(error: Error, ask: Moving['ask'] = askNothing) {
  const told: string[][] = [];
  const move: Moving['move'] = (lines) => {
    told.push(lines.map(nameOf));
    return told.length === 2 ? Promise.reject(error) : moveAll(lines);
  };
  const { moved, refused } = await moveTags(many, { move, ask });
  return { told, moved: moved.map(({ image }) => image.name), refused };
}

test("a line has the tags of a platform image, and of a tool's own what its tag was", async () => {
  const lines: string[] = [];
  const image = { name: 'tool-a/web', public: 'registry.test/tool-a/web:latest' } as RollbackTarget['image'];
  const own = { image, digest: digest('b'), now: digest('c') } as RollbackTarget;
  await moveTags([platform('web'), own], { move: (some) => (lines.push(...some), moveAll(some)), ask: askNothing });
  expect(lines).toEqual([
    `web registry.test/web:latest ${digest('a')} testing,latest`,
    `tool-a/web registry.test/tool-a/web:latest ${digest('b')} latest latest=${digest('c')}`,
  ]);
});

test('one that does not move has the reason', async () => {
  const move: Moving['move'] = () => Promise.resolve('{"name":"web","why":"the lease is held\\n"}\n{"name":"base","moved":""}');
  const { moved, refused } = await moveTags([platform('web'), platform('base'), platform('more')], { move, ask: askNothing });
  expect(moved.map(({ image }) => image.name)).toEqual(['base']);
  expect([...refused]).toEqual([
    ['web', 'the lease is held'],
    ['more', 'nothing was said of it'],
  ]);
});

test('a pod that fails refuses what it was told of, and nothing that others have moved', async () => {
  const { told, moved, refused } = await withFailure(new Error('the pod ended with 137'));
  expect(told.flat()).toEqual(all);
  expect(told.length).toBeGreaterThan(2);
  expect([...refused]).toEqual(told[1]?.map((name) => [name, 'the pod ended with 137']));
  expect(moved).toEqual(all.filter((name) => !refused.has(name)));
});

test('what a pod had moved before it failed has moved: it is public', async () => {
  const ask: Moving['ask'] = (images) =>
    Promise.resolve(new Map(images.map(({ name }, i) => [name, { now: digest(i < 2 ? 'a' : 'b') }])));
  const { told, refused } = await withFailure(new Error('evicted'), ask);
  const second = told[1] ?? [];
  expect([...refused.keys()]).toEqual(second.slice(2));
  // Nor can it be asked where the cluster is out of reach.
  const { refused: more } = await withFailure(new Error('out of reach'), () => Promise.reject(new Error('this too')));
  expect([...more]).toEqual(second.map((name) => [name, 'out of reach']));
});

test('a signal ends it, and keeps what has moved', async () => {
  const { told, moved, refused } = await withFailure(new Interrupted('interrupted by SIGINT'));
  expect(told).toHaveLength(2);
  expect(moved).toEqual(told[0]);
  expect(new Set(refused.values())).toEqual(new Set(['interrupted by SIGINT']));
});
