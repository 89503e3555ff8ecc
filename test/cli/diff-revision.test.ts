/** `npm run diff` as it is typed: execa, with which it asks git, is nothing that jest can read. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

test('what is no revision is answered with what would be one, and exits with 2', () => {
  const command = ['--require', './cli/require.cjs', 'cli/main.ts', 'diff', 'nosuch'];
  const { status, stderr, stdout } = spawnSync('node', command, { cwd: join(__dirname, '../..'), encoding: 'utf8' });
  expect(stdout + stderr).toBe(
    "diff: 'nosuch' is no revision that this repository has. Expected a branch, tag or commit, such as HEAD~1, or 'working', or 'cluster'\n",
  );
  expect(status).toBe(2);
}, 60_000);
