import type { AppsV1Api, CoreV1Api, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { readKubeconfig } from '../lib/deploy/kubeconfig';

/** Which webservice. */
interface At {
  readonly namespace: string;
  readonly name: string;
}

/** What of the API server is called. */
export interface WebserviceApi {
  readonly deployments: (labelSelector: string) => Promise<readonly V1Deployment[]>;
  readonly pods: (labelSelector: string) => Promise<readonly V1Pod[]>;
  readonly deployment: (at: At) => Promise<V1Deployment>;
  readonly patch: (at: At, body: object) => Promise<unknown>;
}

/** That of the cluster of a context. */
export async function webserviceApi(context: string | undefined): Promise<WebserviceApi> {
  const { AppsV1Api: Apps, CoreV1Api: Core, PatchStrategy, setHeaderOptions } = await import('@kubernetes/client-node');
  const config = await readKubeconfig(context);
  const [apps, core]: [AppsV1Api, CoreV1Api] = [config.makeApiClient(Apps), config.makeApiClient(Core)];
  const asPatch = setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch);
  return {
    deployments: async (labelSelector) => (await apps.listDeploymentForAllNamespaces({ labelSelector })).items,
    pods: async (labelSelector) => (await core.listPodForAllNamespaces({ labelSelector })).items,
    deployment: (at) => apps.readNamespacedDeployment(at),
    patch: (at, body) => apps.patchNamespacedDeployment({ ...at, body }, asPatch),
  };
}

/** A webservice that runs another image than its tag names now. */
export interface Outdated extends At {
  /** The public reference. */
  readonly image: string;
  /** The digests that its pods run. */
  readonly runs: readonly string[];
  /** The digest that is public. */
  readonly now: string;
}

/** What Toolforge's webservice gives Deployments and pods of tools, and nobody else's has. */
const OF_TOOLS = 'toolforge=tool';
/** What `kubectl rollout restart` writes. */
const RESTARTED = 'kubectl.kubernetes.io/restartedAt';
const SECONDS_TO_GET_READY = 300;

/** A webservice by what it is declared to run. */
interface Webservice extends At {
  /** The public reference. */
  readonly image: string;
  /** The labels of its pods. */
  readonly selector: Readonly<Record<string, string>>;
}

/** The webservices of all tools that use these images, by their public references. */
export async function webservicesOf(
  api: Pick<WebserviceApi, 'deployments'>,
  images: Iterable<string>,
): Promise<readonly Webservice[]> {
  const wanted = new Set(images);
  return (await api.deployments(OF_TOOLS)).flatMap(({ metadata, spec }) => {
    const image = spec?.template.spec?.containers.map((each) => each.image ?? '').find((each) => wanted.has(each));
    if (image === undefined) return [];
    const { namespace = '', name = '' } = metadata ?? {};
    return [{ namespace, name, image, selector: spec?.selector.matchLabels ?? {} }];
  });
}

/**
 * The webservices of all tools that use these images, divided by what their pods run. One without a running pod runs nothing older.
 *
 * @param now - the public references, and the digest that each names
 */
export async function outdatedOf(
  api: Pick<WebserviceApi, 'deployments' | 'pods'>,
  now: ReadonlyMap<string, string>,
): Promise<{ readonly outdated: readonly Outdated[]; readonly others: number }> {
  const [webservices, pods] = [await webservicesOf(api, now.keys()), await api.pods(OF_TOOLS)];
  const all = webservices.map(({ selector, image, ...at }) => {
    const wanted = Object.entries(selector);
    const own = pods.filter(
      ({ metadata }) => metadata?.namespace === at.namespace && wanted.every(([key, value]) => metadata.labels?.[key] === value),
    );
    return { ...at, image, runs: [...new Set(own.flatMap(digestsOf))].sort(), now: now.get(image) ?? '' };
  });
  const outdated = all.filter(({ runs, now: digest }) => runs.some((each) => each !== digest));
  return { outdated, others: all.length - outdated.length };
}

/** What a pod's containers run; containerd names it `<registry>/<repository>@<digest>`. One that is on its way out counts no more. */
function digestsOf({ metadata, status }: V1Pod): readonly string[] {
  if (status?.phase !== 'Running' || metadata?.deletionTimestamp !== undefined) return [];
  return (status.containerStatuses ?? []).flatMap(({ imageID }) => /sha256:[0-9a-f]{64}$/.exec(imageID)?.[0] ?? []);
}

/** How restarts go on. */
export interface WaveOptions {
  /** How many at a time. */
  readonly wave: number;
  readonly tell: (line: string) => void;
  /** Takes a second; throws when it is all to end. */
  readonly pause: () => Promise<void>;
  /** By which clock restarts are noted. @default - this machine's */
  readonly clock?: () => Date;
}

/**
 * Restarts webservices, so many at a time, each wave when all of the one before are ready.
 *
 * @throws Error when one does not get ready, naming it, and how many are left as they are
 */
export async function restartInWaves(
  api: Pick<WebserviceApi, 'deployment' | 'patch'>,
  outdated: readonly Outdated[],
  { wave, tell, pause, clock = () => new Date() }: WaveOptions,
): Promise<void> {
  const waves = Math.ceil(outdated.length / wave);
  for (let i = 0; i < waves; i += 1) {
    const now = outdated.slice(i * wave, (i + 1) * wave);
    tell(`wave ${i + 1} of ${waves}: ${now.map(called).join(', ')}`);
    const restartedAt = clock().toISOString();
    for (const { namespace, name } of now)
      await api.patch({ namespace, name }, { spec: { template: { metadata: { annotations: { [RESTARTED]: restartedAt } } } } });
    const late = await waitForAll(api, now, pause);
    if (late.length === 0) continue;
    const left = outdated.length - (i + 1) * wave;
    throw new Error(
      `not ready after ${SECONDS_TO_GET_READY} s: ${late.join('; ')}. ` +
        (left > 0 ? `Nothing more is restarted: ${left} webservices run what they ran. ` : '') +
        'Look at it with: kubectl --namespace <namespace> describe pods; to go back: csb rollback',
    );
  }
  tell(`${outdated.length} webservices restarted, all ready`);
}

/** Says of each that is not ready in time what its Deployment says. */
async function waitForAll(
  api: Pick<WebserviceApi, 'deployment'>,
  all: readonly Outdated[],
  pause: () => Promise<void>,
): Promise<readonly string[]> {
  let waiting = all;
  let said: readonly string[] = [];
  for (let waited = 0; waiting.length > 0 && waited < SECONDS_TO_GET_READY; waited += 1) {
    await pause();
    const found = await Promise.all(
      waiting.map(async (each) => [each, await api.deployment({ namespace: each.namespace, name: each.name })] as const),
    );
    const late = found.filter(([, deployment]) => !isReady(deployment));
    waiting = late.map(([each]) => each);
    said = late.map(([each, deployment]) => `${called(each)} (${whyNot(deployment)})`);
  }
  return waiting.length === 0 ? [] : said;
}

const called = ({ namespace, name }: At): string => `${namespace}/${name}`;

/** As `kubectl rollout status` has it. */
function isReady({ metadata, spec, status = {} }: V1Deployment): boolean {
  const wanted = spec?.replicas ?? 1;
  return (
    (status.observedGeneration ?? 0) >= (metadata?.generation ?? 0) &&
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted
  );
}

function whyNot({ status }: V1Deployment): string {
  const said = status?.conditions?.filter((each) => each.status === 'False').map(({ message }) => message ?? '') ?? [];
  return said.join(' ') || `${status?.availableReplicas ?? 0} pods available`;
}
