import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const npm = (...args: readonly string[]) => spawnSync('npm', ['run', '-s', ...args], { cwd: root, encoding: 'utf8' });

test.each([
  [
    ['csb', 'rebuild', 'x', '--environment=nowhere'],
    /npm took --environment for its own, and nothing was done; .*npm run csb -- /,
  ],
  [['csb', 'rebuild', 'python311-sssd-web', '--dry-run'], /npm took --dry-run for its own/],
  [['synth', '--check'], /npm took --check for its own.*npm run synth -- /],
])('an option that npm has taken for its own ends the command: npm run %j', (args, message) => {
  const before = execFileSync('git', ['status', '--porcelain', 'dist'], { cwd: root, encoding: 'utf8' });
  const { status, stderr } = npm(...args);
  expect(stderr).toMatch(message);
  expect(status).toBe(1);
  expect(execFileSync('git', ['status', '--porcelain', 'dist'], { cwd: root, encoding: 'utf8' })).toBe(before);
});

test("behind a -- it is the command's", () => {
  const { status, stdout } = npm('synth', '--', '--check');
  expect(stdout).toContain('dist/local');
  expect(status).toBe(0);
});
