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

/** The environments that a git revision has in dist/. */
export async function environmentsAt(revision: string): Promise<string[]> {
  const names = await git('ls-tree', '-d', '--name-only', `${revision}^{commit}:dist`);
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
  const { stdout, stderr, exitCode } = await execa('git', args, { cwd: ROOT, reject: false });
  if (exitCode !== 0)
    throw new Error(
      `git ${args.join(' ')}: ${stderr.trim()}. Expected '${WORKING}', '${CLUSTER}', or a git revision that has dist/, such as HEAD~1`,
    );
  return stdout;
}
