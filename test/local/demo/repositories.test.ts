/** local/demo/repositories.ts: what the declarations name is what the demo tools' maintainers would push. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoTools } from '../../../local/homes';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';

const root = join(__dirname, '../../..');
/** In a program of its own, as `npm start` is one: what it runs others by is an ES module. */
const ensureRepository = (repository: string, tool: string): string => {
  const script = `void require('./local/demo/repositories').ensureRepository(...${JSON.stringify([repository, tool])}).then((commit) => console.log(commit))`;
  return execFileSync('node', ['--require', './cli/require.cjs', '--eval', script], { cwd: root, encoding: 'utf8' }).trim();
};
const declared = readFileSync(join(root, 'dist/local/demo-images.yaml'), 'utf8');
const git = (repository: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).trim();

test.each(demoTools)(
  '$name: its repository is the same, whenever it is made, and has the branch that its image follows',
  ({ name }) => {
    const repository = join(temporaryFolder(), 'hello.git');
    const commit = ensureRepository(repository, name);
    expect(git(repository, 'rev-parse', 'main')).toBe(commit);
    expect(ensureRepository(join(temporaryFolder(), 'hello.git'), name)).toBe(commit);
  },
);

test('what was pushed can be taken back', () => {
  const repository = join(temporaryFolder(), 'hello.git');
  const commit = ensureRepository(repository, 'demo-one');
  const clone = join(temporaryFolder(), 'clone');
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x.test'];
  git(temporaryFolder(), 'clone', '--quiet', repository, clone);
  git(clone, ...identity, 'commit', '--quiet', '--allow-empty', '--message=x');
  git(clone, 'push', '--quiet', 'origin', 'main');
  expect(git(repository, 'rev-parse', 'main')).not.toBe(commit);
  git(clone, 'push', '--quiet', '--force', 'origin', `${commit}:main`);
  expect(git(repository, 'rev-parse', 'main')).toBe(commit);
});

test('demo-two: its image is declared at the commit of its repository', () => {
  const commit = ensureRepository(join(temporaryFolder(), 'hello.git'), 'demo-two');
  expect(declared).toMatch(
    new RegExp(`http://git\\.local/demo-two/hello\\.git\\n +- name: source-commit\\n +value: ${commit}\\n`),
  );
});

test('what somebody has pushed stays, and the declared commit can be fetched all the same', () => {
  const repository = join(temporaryFolder(), 'hello.git');
  const commit = ensureRepository(repository, 'demo-one');
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x.test'];
  const pushed = git(repository, ...identity, 'commit-tree', '-p', commit, '-m', 'x', `${commit}^{tree}`);
  git(repository, 'update-ref', 'refs/heads/main', pushed);
  expect(ensureRepository(repository, 'demo-one')).toBe(commit);
  expect(git(repository, 'rev-parse', 'main')).toBe(pushed);
  expect(git(repository, 'for-each-ref', '--format=%(objectname)', 'refs/tags')).toBe(commit);
  expect(readFileSync(join(repository, 'info/refs'), 'utf8')).toContain(`${pushed}\trefs/heads/main`);
});
