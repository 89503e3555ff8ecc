import { readdirSync, readFileSync } from 'node:fs';
import { kubectl } from './checkout';

/** kill -9 of all that runs in the pods of a run. The processes of the node are this machine's, in a control group of their pod's uid. */
export function killPodsOf(run: string, namespace: string): void {
  const pods = ['-l', `tekton.dev/pipelineRun=${run}`, '-o', 'jsonpath={.items[*].metadata.uid}'];
  const uids = kubectl('get', 'pods', '-n', namespace, ...pods).split(' ');
  const processes = readdirSync('/proc').filter(
    (each) => /^\d+$/.test(each) && uids.some((uid) => groupOf(each).includes(`pod${uid}/`)),
  );
  if (processes.length === 0) throw new Error(`no process of run ${run} is found`);
  for (const each of processes) kill(Number(each));
}

function kill(each: number): void {
  try {
    process.kill(each, 'SIGKILL');
  } catch (error) {
    // With the first process of a container, the kernel ends the others.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function groupOf(process: string): string {
  try {
    return readFileSync(`/proc/${process}/cgroup`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
