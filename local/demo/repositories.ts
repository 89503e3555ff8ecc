/** The repositories of the demo tools on the platform's git server, as their maintainers would push them. */
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryPath } from '../components/git-server';
import { demoTools } from '../homes';
import { run } from '../run';

/** The name of each tool's repository. */
const NAME = 'hello.git';

// The same commit from the same files, whoever makes it, and when.
const identity = {
  GIT_AUTHOR_NAME: 'maintainer',
  GIT_AUTHOR_EMAIL: 'maintainer@tools.test',
  GIT_AUTHOR_DATE: '2026-11-27T00:00:00Z',
  GIT_COMMITTER_NAME: 'maintainer',
  GIT_COMMITTER_EMAIL: 'maintainer@tools.test',
  GIT_COMMITTER_DATE: '2026-11-27T00:00:00Z',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/**
 * Makes each tool's repository, with a branch `main`; one that has a `main` keeps it: a person may have pushed to it.
 */
export async function ensureRepositories(): Promise<void> {
  await Promise.all(
    demoTools.map(async ({ name }) => {
      await ensureRepository(repositoryPath(name, NAME), name);
      // They are served by `nobody`, whatever the umask is here.
      for (const folder of [repositoryPath(), repositoryPath(name), repositoryPath(name, NAME)]) await chmod(folder, 0o755);
    }),
  );
}

/** Makes a bare repository of a tool's files, or completes the one that is there; the commit of these files. */
export async function ensureRepository(repository: string, tool: string): Promise<string> {
  const files = join(__dirname, tool, 'repository');
  const scratch = await mkdtemp(join(tmpdir(), 'csb-repository-'));
  const index = join(scratch, 'index');
  const git = async (...args: readonly string[]): Promise<string> => {
    const env = { ...identity, GIT_DIR: repository, GIT_WORK_TREE: files, GIT_INDEX_FILE: index };
    return (await run('git', args, { env })).stdout.trim();
  };
  if (!existsSync(join(repository, 'HEAD'))) {
    await mkdir(repository, { recursive: true });
    await run('git', ['init', '--quiet', '--bare', '--initial-branch=main', '--shared=0644', repository], { env: identity });
  }
  // --shared forbids what maintainers may do with their own branch: take back what they pushed.
  await git('config', 'receive.denyNonFastForwards', 'false');
  // Servers that hand out files have to be told what there is.
  await writeFile(join(repository, 'hooks/post-update'), '#!/bin/sh\nexec git update-server-info\n', { mode: 0o755 });
  await git('read-tree', '--empty');
  const entries = await readdir(files, { withFileTypes: true });
  for (const { name: file } of entries.filter((each) => each.isFile() && !each.name.startsWith('.'))) {
    const blob = await git('hash-object', '-w', join(files, file));
    await git('update-index', '--add', '--cacheinfo', `100644,${blob},${file}`);
  }
  const commit = await git('commit-tree', '-m', 'An application', await git('write-tree'));
  // By a tag, since `main` may be somebody's; what no name leads to cannot be fetched.
  await git('update-ref', `refs/tags/npm-start-${commit.slice(0, 12)}`, commit);
  if ((await git('for-each-ref', 'refs/heads/main')) === '') await git('update-ref', 'refs/heads/main', commit);
  await git('update-server-info');
  await rm(scratch, { recursive: true });
  return commit;
}
