import { TEMPLATE_LABEL } from '../../lib/tekton/pipeline-run';
import { kubectl, until } from './checkout';

/** Leaves a namespace's branches to {@link lookAtBranches} alone, or to the clock again. */
export function holdBranches(namespace: string, suspend: boolean): void {
  kubectl('--namespace', namespace, 'patch', 'cronjob', 'follow', '--type=merge', '-p', JSON.stringify({ spec: { suspend } }));
}

/**
 * Does at once what is done every five minutes: asks which commits followed branches have. It ends when the runs of an image that there are then are done.
 *
 * @param namespace - of the builds
 * @param image - `<tool>.<name>`
 * @returns what was said
 */
export async function lookAtBranches(namespace: string, image: string): Promise<string> {
  const inBuilds = ['--namespace', namespace];
  const job = `follow-${Date.now()}`;
  kubectl(...inBuilds, 'create', 'job', '--from=cronjob/follow', job);
  const ended = (): string => kubectl(...inBuilds, 'get', 'job', job, '-o', 'jsonpath={.status.conditions[*].type}');
  await until('what follows branches has ended', () => /Complete|Failed/.test(ended()), 120);
  const said = kubectl(...inBuilds, 'logs', `job/${job}`, '--container', 'follow');
  if (!ended().includes('Complete')) throw new Error(`what follows branches has failed: ${said}`);
  kubectl(...inBuilds, 'delete', 'job', job, '--wait=false');
  const ends = ['-o', 'jsonpath={range .items[*]}{.metadata.name}={.status.completionTime}{"\\n"}{end}'];
  const done = (): boolean =>
    !/=$/m.test(kubectl(...inBuilds, 'get', 'pipelineruns', '--selector', `${TEMPLATE_LABEL}=${image}`, ...ends));
  await until('its runs are done', done, 300);
  return said;
}
