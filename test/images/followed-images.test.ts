/** Tools' images that follow a branch: what the CronJob makes of a commit is what a declaration of it would be. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { toolImageAddress, type ToolImageMaking } from '../../lib/images/image-address';
import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { branchProblems } from '../../lib/images/tool-source';
import type { Manifest } from '../../lib/synth/synthesized';
import { argumentOf, IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const commit = '0123456789abcdef0123456789abcdef01234567';

interface Followed {
  readonly url: string;
  readonly branch: string;
  readonly made: ToolImageMaking;
}

const objects = loadAll(readFileSync(join(__dirname, '../../dist/local/demo-images.yaml'), 'utf8')) as readonly Manifest[];
const images = objects.find(({ metadata }) => metadata.name === 'followed-bookworm-python311') as unknown as {
  data: Readonly<Record<string, string>>;
};
const text = images.data['demo-one.hello'] ?? '';
const followed = JSON.parse(text) as Followed;

/** What of follow.sh and run.jq needs no cluster. */
function runOf(declared: string): Manifest {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts/run.jq'), IMAGE_SCRIPTS.run);
  writeFileSync(join(folder, 'declared'), declared);
  const lines = IMAGE_SCRIPTS.follow.split('\n').map((line) => line.trim());
  const own = (begins: string): string => lines.find((line) => line.startsWith(begins)) ?? `no line begins with ${begins}`;
  const script = [
    'set -euo pipefail',
    `commit=${commit}`,
    'file=$1',
    own('made='),
    own('address='),
    own('run=').replace('/scripts/', `${folder}/scripts/`),
    'cat <<<"$run"',
  ].join('\n');
  return JSON.parse(execFileSync('bash', ['-c', script, 'bash', join(folder, 'declared')], { encoding: 'utf8' })) as Manifest;
}

test('is computed the same by csb-registry, whose test has this address, too', () => {
  expect(toolImageAddress(commit, 'f'.repeat(64) as ToolImageMaking)).toBe('4959a5e43f0358d6');
});

test('the address of a commit is the one that its declaration would have', () => {
  const address = toolImageAddress(commit, followed.made);
  const run = runOf(text);
  const runImage = (argumentOf(run, 'run-image') ?? '').replace(/.*:c-/, '');
  const repository = argumentOf(run, 'repository') ?? '';
  expect(argumentOf(run, 'layers')).toBe(`${repository}:c-${address}`);
  expect(argumentOf(run, 'image')).toBe(`${repository}:c-${address}-r${runImage}`);
  expect(run.metadata.annotations?.[IMAGE_ANNOTATION]).toBe(`${repository}:c-${address}-r${runImage}`);
  expect(argumentOf(run, 'source-commit')).toBe(commit);
  expect(run.metadata.name).toMatch(/^demo-one-hello-0123456789-[0-9a-f]{10}$/);
  expect(JSON.stringify(run)).not.toContain('@');
});

test.each(['main', 'release/2026-11', 'v1.x'])('the branch %s can be followed', (branch) => {
  expect(branchProblems({ url: 'https://git.test/tool', branch }, false)).toEqual([]);
});

test.each(['', '-x', 'a b', 'a..b', 'refs/heads/*', 'a/', '/a', 'a.lock', 'a//b', 'x$(id)', 'a\nb'])(
  'the branch %j is refused, with what was expected',
  (branch) => {
    expect(branchProblems({ url: 'https://git.test/tool', branch }, false)).toEqual([
      `the source's branch is '${branch}', but expected is the name of a branch such as main, without refs/heads/ and blanks`,
    ]);
  },
);
