import { execa } from 'execa';
import { Cluster } from '../lib/deploy/cluster';
import { type DescribedObject, describeSynthesis, parseDistFile } from '../lib/diff/described-object';
import { describeLive, readLive } from '../lib/diff/live-objects';
import { readSettings } from '../lib/settings/settings';
import { FormerPaths } from '../lib/synth/aliases';
import { aliases } from '../stacks/aliases';
import { ROOT, useClusterOf } from './pulumi-stack';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';

/** What the declarations in the working tree say. */
export const WORKING = 'working';
/** What the environment's cluster has. */
export const CLUSTER = 'cluster';

/** What the declarations say now of an environment; nothing when it has no settings file. */
export function declaredNow(environment: string): DescribedObject[] {
  return describeSynthesis(synthesizeEnvironment(environment, readSettings(ROOT, environment)));
}

/**
 * The environments that a git revision has in dist/.
 *
 * @throws Error for what is no revision, and for one that has no dist/
 */
export async function environmentsAt(revision: string): Promise<string[]> {
  const commit = await tryGit('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  if (commit === undefined)
    throw new Error(
      `diff: '${revision}' is no revision that this repository has. Expected a branch, tag or commit, such as HEAD~1, or '${WORKING}', or '${CLUSTER}'`,
    );
  const names = await tryGit('ls-tree', '-d', '--name-only', `${commit.trim()}:dist`);
  if (names === undefined)
    throw new Error(`diff: the revision '${revision}' has no dist/, which is compared; expected a later one`);
  return names.split('\n').filter((name) => name !== '');
}

/** What dist/ of a git revision says of an environment; nothing when it does not have it. */
export async function synthesizedAt(revision: string, environment: string): Promise<DescribedObject[]> {
  if (!(await environmentsAt(revision)).includes(environment)) return [];
  const directory = `dist/${environment}`;
  const names = (await git('ls-tree', '--name-only', `${revision}:${directory}`)).split('\n');
  const files = names.filter((name) => name.endsWith('.yaml')).map((name) => `${directory}/${name}`);
  const read = files.map(async (file) => parseDistFile(file, await git('show', `${revision}:${file}`)));
  return (await Promise.all(read)).flat();
}

/** What the cluster has of declared objects, and what it has of ours beyond them. */
export async function liveOf(environment: string, declared: readonly DescribedObject[]): Promise<DescribedObject[]> {
  return describeLive(await readLive(await clusterOf(environment), declared, new FormerPaths(aliases)));
}

/**
 * The cluster of an environment.
 *
 * @throws ClusterError when it does not answer, or belongs to another environment
 */
export async function clusterOf(environment: string): Promise<Cluster> {
  const { kubeContext } = useClusterOf(environment);
  const cluster = await Cluster.connect(kubeContext);
  await cluster.mustBelongTo(environment);
  return cluster;
}

async function git(...args: string[]): Promise<string> {
  const { stdout } = await execa('git', args, { cwd: ROOT });
  return stdout;
}

/** What git answers; undefined when it refuses. */
async function tryGit(...args: string[]): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('git', args, { cwd: ROOT, reject: false });
  return exitCode === 0 ? stdout : undefined;
}
