/** `status`: what runs, since when, whether it works, where it listens and where its log is. */
import { probeDns } from '../cluster/dns';
import { probeTekton } from '../cluster/tekton';
import { dnsServiceAddress, nodeAddress } from '../addresses';
import { allComponents } from '../components/all';
import { logFile } from '../directories';
import { findNode } from '../node/holder';
import { findProcesses } from '../node/processes';
import { HEALTHY, renderStatus, type StatusRow } from './render-status';

async function healthOf(probe: () => Promise<void>): Promise<string> {
  return probe().then(
    () => HEALTHY,
    (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'unhealthy',
  );
}

/** One row for the node and for each component, and one for each part that runs in pods. */
async function statusRows(): Promise<StatusRow[]> {
  const processes = await findProcesses();
  const node = processes.get('node');
  const isNodeReady = (await findNode()) !== undefined;
  const row = async (component: string, address: string, probe: () => Promise<void>): Promise<StatusRow> => {
    const process = processes.get(component);
    const health = process === undefined ? 'not running' : await healthOf(probe);
    return { component, pid: process?.pid, since: process?.since, health, address, log: logFile(component) };
  };
  const pods = async (component: string, address: string, namespace: string, probe: () => Promise<void>): Promise<StatusRow> => {
    const health = processes.has('kube-apiserver') ? await healthOf(probe) : 'not running';
    return { component, pid: undefined, since: undefined, health, address, log: `kubectl logs -n ${namespace}` };
  };
  const nodeProbe = (): Promise<void> => (isNodeReady ? Promise.resolve() : Promise.reject(new Error('not set up completely')));
  return Promise.all([
    row('node', nodeAddress, nodeProbe),
    ...(await allComponents()).map(({ name, address, probe }) => row(name, address, probe)),
    pods('coredns', `${dnsServiceAddress}:53`, 'kube-system', probeDns),
    pods('tekton', 'in pods', 'tekton-pipelines', () => probeTekton(node?.since ?? new Date())),
  ]);
}

/**
 * Shows the rows, a line each, within 80 columns while they are healthy; below a component that is not stand the reason and where its log is.
 * The exit code is 1 unless everything is healthy.
 */
export async function status(): Promise<void> {
  console.log(renderStatus(await statusRows().then(exitUnlessHealthy)));
}

function exitUnlessHealthy(rows: readonly StatusRow[]): readonly StatusRow[] {
  if (rows.some(({ health }) => health !== HEALTHY)) process.exitCode = 1;
  return rows;
}
