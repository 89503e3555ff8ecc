/** lib/images/steps/follow.sh: what is ordered of what is known, against a program that answers as the API server does. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { TEMPLATE_LABEL } from '../../lib/tekton/pipeline-run';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const commit = '0123456789abcdef0123456789abcdef01234567';
const image = 'one.hello';
const base = 'one-hello-0123456789-aaaaaaaaaa';
const declared = {
  url: 'https://git.test/one',
  branch: 'main',
  made: 'f'.repeat(64),
  run: {
    metadata: { name: 'one-hello-@-aaaaaaaaaa', labels: { [TEMPLATE_LABEL]: image }, annotations: { image: 'r/one:c-@-r1' } },
    spec: { params: [{ name: 'image', value: 'r/one:c-@-r1' }] },
  },
};

interface Known {
  readonly name: string;
  /** Minutes since its end; undefined as long as it runs. */
  readonly ended?: number;
  readonly status?: 'True' | 'False';
  readonly image?: string;
}

/** The first of the known is the newest. */
function follow(
  known: readonly Known[],
  { head = commit, answers = 201, others = [] }: { head?: string | null; answers?: number; others?: readonly string[] } = {},
) {
  const folder = temporaryFolder();
  for (const each of ['followed', 'heads', 'api', 'scripts', 'bin']) mkdirSync(join(folder, each));
  const write = (path: string, text: string): void => {
    writeFileSync(join(folder, path), text);
  };
  write(`followed/${image}`, JSON.stringify(declared));
  if (head !== null) write(`heads/${image}`, head);
  for (const each of others) {
    write(`followed/${each}`, JSON.stringify(declared).replaceAll('one', each.replace('.', '-')));
    write(`heads/${each}`, commit);
  }
  write('api/token', 'secret');
  write('scripts/run.jq', IMAGE_SCRIPTS.run);
  const now = Date.now();
  const items = known.map(({ name, ended, status = 'True', image: of = image }, i) => ({
    metadata: { name, labels: { [TEMPLATE_LABEL]: of }, creationTimestamp: new Date(now - (i + 1) * 3_600_000).toISOString() },
    status: {
      ...(ended !== undefined && { completionTime: new Date(now - ended * 60_000).toISOString().replace(/\.\d+/, '') }),
      conditions: [{ status: ended === undefined ? 'Unknown' : status }],
    },
  }));
  write('page', JSON.stringify({ metadata: { continue: 'x=' }, items: items.slice(0, 1) }));
  write('last', JSON.stringify({ metadata: {}, items: items.slice(1) }));
  const curl = [
    '#!/bin/bash',
    `cd '${folder}'`,
    'echo "$*" >>asked',
    'case "$*" in',
    '  *"--request GET"*"continue=x%3D"*) cat last ;;',
    '  *"--request GET"*) cat page ;;',
    '  *"--request DELETE"*) exit 22 ;;',
    `  *"--request POST"*) cat >>ordered; echo '{"message": "what it said"}' >answer; printf ${answers} ;;`,
    'esac',
  ].join('\n');
  write('bin/curl', curl);
  chmodSync(join(folder, 'bin/curl'), 0o755);
  write(
    'follow.sh',
    IMAGE_SCRIPTS.follow
      .replace(/(?<=[ "<(=])\/(followed|heads|api|scripts)\//g, `${folder}/$1/`)
      .replaceAll('/tmp/answer', `${folder}/answer`),
  );
  const env = { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`, NAMESPACE: 'builds', LABEL: TEMPLATE_LABEL };
  const { status: code, stdout: said } = spawnSync(
    'bash',
    ['--norc', '-c', 'exec bash --norc "$0" 2>&1', join(folder, 'follow.sh')],
    {
      env,
      encoding: 'utf8',
    },
  );
  const posted = existsSync(join(folder, 'ordered')) ? readFileSync(join(folder, 'ordered'), 'utf8') : '';
  const ordered = [...posted.matchAll(/"name": "([^"]+-\d+)"/g)].map(([, name]) => name);
  const asked = readFileSync(join(folder, 'asked'), 'utf8');
  const deleted = [...asked.matchAll(/--request DELETE .*pipelineruns\/(\S+)/g)].map(([, name]) => name);
  expect(asked).not.toContain('secret');
  return { code, said, ordered, deleted };
}

const other = (n: number): string => `one-hello-999999999${n}-aaaaaaaaaa-1`;

test.each<[string, readonly Known[], string | undefined, RegExp]>([
  ['nothing', [], `${base}-1`, /main is at 0123456789abcdef0123456789abcdef01234567; \S+-1 has begun/],
  ['its run, done', [{ name: `${base}-1`, ended: 5 }], undefined, / is its run/],
  ['its run, under way', [{ name: `${base}-1` }], undefined, / is under way/],
  ['another, under way', [{ name: other(1) }], undefined, /-9999999991-aaaaaaaaaa-1 is under way/],
  ['another commit, done', [{ name: other(1), ended: 5 }], `${base}-1`, / has begun/],
  ['another commit, failed', [{ name: other(1), ended: 5, status: 'False' }], `${base}-1`, / has begun/],
  [
    'another after its run: the branch has gone back',
    [
      { name: other(1), ended: 5 },
      { name: `${base}-1`, ended: 60 },
    ],
    `${base}-2`,
    /-2 has begun/,
  ],
  ['its run, failed long ago', [{ name: `${base}-1`, ended: 16, status: 'False' }], `${base}-2`, /-2 has begun/],
  [
    'ten attempts',
    [
      { name: `${base}-10`, ended: 361, status: 'False' },
      { name: `${base}-9`, ended: 999, status: 'False' },
    ],
    `${base}-11`,
    /-11 has begun/,
  ],
  ['those of others', [{ name: `${base}-1`, ended: 5, image: 'two.hello' }], `${base}-1`, / has begun/],
])('of %s', (_, known, ordered, said) => {
  const found = follow(known);
  expect([found.code, found.ordered, found.deleted]).toEqual([0, ordered === undefined ? [] : [ordered], []]);
  expect(found.said).toMatch(said);
});

test.each([
  [1, 14, 1],
  [2, 59, 1],
  [3, 0, 360],
])('of attempt %i, failed %i minutes ago: it is said, and repeated in %i minutes', (attempt, ended, minutes) => {
  const failed = Array.from({ length: attempt }, (_, i) => ({
    name: `${base}-${attempt - i}`,
    ended: ended + i,
    status: 'False' as const,
  }));
  const found = follow([...failed, { name: `${base}-0`, ended: 999 }]);
  expect([found.code, found.ordered]).toEqual([1, []]);
  expect(found.said).toMatch(
    new RegExp(`${base}-${attempt} has failed, and is repeated in ${minutes} minutes\n1 are not as their branches`),
  );
});

test('no more than twenty are under way', () => {
  const busy = Array.from({ length: 20 }, (_, i) => ({ name: `x-${i}-1`, image: `x${i}.hello` }));
  expect(follow(busy)).toMatchObject({
    code: 0,
    ordered: [],
    said: expect.stringContaining('since 20 runs are under way') as string,
  });
  expect(follow(busy.slice(1))).toMatchObject({ code: 0, ordered: [`${base}-1`] });
});

test('what was pushed comes before what is declared otherwise, which leaves it five places; one that cannot be followed keeps no other from it', () => {
  const busy = (n: number) => Array.from({ length: n }, (_, i) => ({ name: `x-${i}-1`, image: `x${i}.hello` }));
  const redeclared = { name: 'one-hello-0123456789-bbbbbbbbbb-1', ended: 5 };
  expect(follow([...busy(14), redeclared])).toMatchObject({ code: 0, ordered: [`${base}-1`] });
  expect(follow([...busy(14), redeclared], { others: ['two.hello'] })).toMatchObject({
    ordered: ['two-hello-hello-0123456789-aaaaaaaaaa-1'],
  });
  expect(follow(busy(19), { others: ['two.hello', 'three.hello'] }).ordered).toHaveLength(1);
  expect(follow([], { head: 'main', others: ['two.hello'] })).toMatchObject({
    code: 1,
    ordered: ['two-hello-hello-0123456789-aaaaaaaaaa-1'],
  });
});

test('of those that are done, three stay', () => {
  const known = [1, 2, 3, 4, 5].map((n) => ({ name: other(n), ended: n }));
  expect(follow(known)).toMatchObject({ code: 0, ordered: [`${base}-1`], deleted: [other(4), other(5)] });
});

test('one that somebody else has ordered meanwhile is no failure; a refusal is one, with what the cluster said', () => {
  expect(follow([], { answers: 409 })).toMatchObject({
    code: 0,
    said: expect.stringContaining('somebody else has begun') as string,
  });
  expect(follow([], { answers: 403 })).toMatchObject({
    code: 1,
    said: expect.stringMatching(/answered 403 to the run \S+: what it said/) as string,
  });
});

test.each([
  [null, 'its branch could not be read'],
  ['main', "its branch is at 'main', which is no commit"],
])('of a branch at %j nothing is ordered', (head, said) => {
  expect(follow([], { head })).toMatchObject({ code: 1, ordered: [], said: expect.stringContaining(said) as string });
});
