/** kubectl against the embedded cluster, whatever kubeconfig the caller's shell names. */
import { nodeName } from '../addresses';
import { run } from '../run';
import { statePath } from '../directories';
import { toolPath } from '../toolchain/modules';

const program = (): string => toolPath('kubernetes', 'kubectl');
const always = (): string[] => ['--kubeconfig', statePath('kubeconfig'), '--cache-dir', statePath('kubectl')];

/** Runs kubectl and returns its output. */
export async function kubectl(...arguments_: readonly string[]): Promise<string> {
  return (await run(program(), [...always(), ...arguments_])).stdout;
}

/** Runs kubectl with our terminal; how it ends is its own affair. */
export async function showKubectl(...arguments_: readonly string[]): Promise<void> {
  await run(program(), [...always(), ...arguments_], { inherit: true, reject: false });
}

/** Applies objects by server-side apply, as the owner of their fields. */
export async function applyObjects(manifest: string, ...options: readonly string[]): Promise<void> {
  const apply = [
    'apply',
    '--server-side',
    '--force-conflicts',
    '--field-manager=cloud-services-buildpacks-local',
    '--filename=-',
  ];
  await run(program(), [...always(), ...apply, ...options], { input: manifest });
}

interface Deployment {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly availableReplicas?: number;
    readonly updatedReplicas?: number;
    readonly observedGeneration?: number;
  };
}

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly containers: readonly { readonly readinessProbe?: object }[] };
  readonly status: {
    readonly phase: string;
    readonly containerStatuses?: readonly {
      readonly ready: boolean;
      readonly state: { readonly running?: { readonly startedAt: string } };
    }[];
  };
}

function isAvailable({ metadata, spec, status }: Deployment): boolean {
  const isCurrent = status.observedGeneration === metadata.generation && (status.updatedReplicas ?? 0) >= spec.replicas;
  return isCurrent && (status.availableReplicas ?? 0) >= spec.replicas;
}

function isRunningSince({ status }: Pod, since: Date): boolean {
  const earliest = Math.floor(since.getTime() / 1000) * 1000;
  return (status.containerStatuses ?? []).every(
    ({ ready, state }) => ready && state.running !== undefined && Date.parse(state.running.startedAt) >= earliest,
  );
}

/**
 * The pods whose readiness the running kubelet has seen for itself. Of the others the API server has the word of its predecessor, which
 * it is about to take back: a kubelet that starts takes pods for unready until it has asked them, up to a period of their probe later.
 */
async function askedByKubelet(): Promise<Set<string>> {
  const metrics = await kubectl('get', '--raw', `/api/v1/nodes/${nodeName}/proxy/metrics/probes`);
  const successes = metrics
    .split('\n')
    .filter(
      (line) => /^prober_probe_total\{/.test(line) && /probe_type="Readiness"/.test(line) && /result="successful"/.test(line),
    );
  return new Set(successes.map((line) => /pod_uid="([^"]+)"/.exec(line)?.[1] ?? ''));
}

const hasProbe = ({ spec }: Pod): boolean => spec.containers.some(({ readinessProbe }) => readinessProbe !== undefined);

/**
 * The Deployments and pods of a namespace that are not ready. Right after a restart of the node the API server still has the
 * statuses from before: only containers started since then count.
 */
export async function notReady(namespace: string, since: Date): Promise<string[]> {
  const list = async (kind: string): Promise<unknown[]> =>
    (JSON.parse(await kubectl('--namespace', namespace, 'get', kind, '--output=json')) as { items: unknown[] }).items;
  const deployments = (await list('deployments')) as Deployment[];
  if (deployments.length === 0) return [`the Deployments of ${namespace}`];
  const unavailable = deployments.filter((deployment) => !isAvailable(deployment)).map(({ metadata }) => metadata.name);
  const pods = ((await list('pods')) as Pod[]).filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && !['Failed', 'Succeeded'].includes(status.phase),
  );
  const asked = await askedByKubelet();
  const stale = pods
    .filter((pod) => !isRunningSince(pod, since) || (hasProbe(pod) && !asked.has(pod.metadata.uid)))
    .map(({ metadata }) => metadata.name);
  return unavailable.length > 0 ? unavailable : stale;
}
