/** What rollback.sh makes of csb-registry's answers, with a program in its place that says how it was called. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'csb-rollback-'));
const program = join(folder, 'csb-registry');
const script = join(__dirname, '../../cli/rollback.sh');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function rolledBack(images: readonly string[]) {
  writeFileSync(
    program,
    `#!/bin/bash
printf '%s\\n' "$*" >>${folder}/calls
case "$*" in
  'before registry.test/bad '*) echo 'csb-registry: no such registry' >&2; exit 1 ;;
  before*) echo "testing=sha256:1 latest=sha256:2" ;;
  *registry.test/taken*) echo 'csb-registry: the lease is held; no tag was moved' >&2; exit 1 ;;
  promote*) echo 'testing latest' ;;
  publish*) echo 'latest' ;;
esac
`,
  );
  chmodSync(program, 0o755);
  const env = {
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    ENVIRONMENT: 'tools',
    NAMESPACE: 'builds',
    IMAGES: images.join('\n'),
  };
  const { status, stdout, stderr } = spawnSync('bash', [script], { env, encoding: 'utf8' });
  const calls = readFileSync(join(folder, 'calls'), 'utf8');
  rmSync(join(folder, 'calls'));
  return {
    status,
    stderr,
    calls,
    answers: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  };
}

test('one whose tags do not move stops no other, and has the reason', () => {
  const line = (name: string): string => `${name} registry.test/${name}:latest sha256:a testing,latest`;
  const { status, stderr, answers } = rolledBack(['good', 'bad', 'taken', 'fine'].map(line));
  expect([status, stderr]).toEqual([0, '']);
  expect(answers).toEqual([
    { name: 'good', moved: 'testing latest' },
    { name: 'bad', why: 'csb-registry: no such registry\n' },
    { name: 'taken', why: 'csb-registry: the lease is held; no tag was moved\n' },
    { name: 'fine', moved: 'testing latest' },
  ]);
});

test('tags move as in a promotion of a pin: from what they are now, under the lease', () => {
  const { calls } = rolledBack(['web registry.test:5000/web:latest sha256:a testing,latest']);
  expect(calls.split('\n')).toEqual([
    'before registry.test:5000/web testing latest',
    'promote --environment tools --contract any --family any --pin sha256:a --tags testing latest ' +
      '--before testing=sha256:1 latest=sha256:2 --lease-namespace builds --api /api registry.test:5000/web:latest',
    '',
  ]);
});

test("a tool's own image moves as in a publication, to what has the tag of what was public, and only from what it was", () => {
  const digest = `sha256:${'abc123'.repeat(10)}abcd`;
  const { calls, answers } = rolledBack([
    `tool-a/web registry.test:5000/tool-a/web:latest ${digest} latest latest=sha256:2`,
    `tool-b/taken registry.test/taken:latest ${digest} latest latest=`,
  ]);
  expect(answers).toEqual([
    { name: 'tool-a/web', moved: 'latest' },
    { name: 'tool-b/taken', why: 'csb-registry: the lease is held; no tag was moved\n' },
  ]);
  const moving = '--lease-namespace builds --api /api';
  expect(calls.split('\n')).toEqual([
    `publish --tags latest --before latest=sha256:2 ${moving} registry.test:5000/tool-a/web:was-latest-abc123abc123`,
    `publish --tags latest --before latest= ${moving} registry.test/taken:was-latest-abc123abc123`,
    '',
  ]);
});
