import type { CoreV1Api, V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOfApi } from '../lib/deploy/cluster-error';
import { readKubeconfig } from '../lib/deploy/kubeconfig';
import type { Settings } from '../lib/settings/settings';
import { readLog, toolboxPod, type ToolboxWork } from './toolbox-pod';

/** What of the API server is called. */
export type PodApi = Pick<
  CoreV1Api,
  'createNamespacedPod' | 'readNamespacedPod' | 'readNamespacedPodLog' | 'deleteNamespacedPod' | 'listNamespacedEvent'
>;

/**
 * Runs a script in the cluster and gives what it prints: that is where mirror and registry can be reached from, whatever machine an
 * administrator sits at. One pod with the toolbox, which is gone afterwards. What the script says meanwhile is shown.
 *
 * @throws Error with the last lines of what it said when it ends with another code than 0, and with the reason when it does not start
 */
export async function inToolbox(settings: Settings, work: ToolboxWork): Promise<string> {
  const { CoreV1Api: Api } = await import('@kubernetes/client-node');
  const config = await readKubeconfig(settings.kubeContext);
  return answerOf(config.makeApiClient(Api), toolboxPod(settings, work));
}

const SECONDS_TO_START = 180;

/** How the pod is waited for. */
interface Waiting {
  readonly tell?: (line: string) => void;
  readonly pause?: () => Promise<unknown>;
}

/** Makes a pod, and gives what it answers. Its log is read when it has ended: what follows a running one can be cut off. */
export async function answerOf(
  api: PodApi,
  pod: V1Pod,
  { tell = console.error, pause = () => sleep(1000) }: Waiting = {},
): Promise<string> {
  const at = { name: pod.metadata?.name ?? '', namespace: pod.metadata?.namespace ?? '' };
  const called = `the pod ${at.name} of namespace ${at.namespace}`;
  const ask = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      throw new Error(`${called}: ${wordsOfApi(error)}`, { cause: error });
    });
  await ask(api.createNamespacedPod({ namespace: at.namespace, body: pod }));
  try {
    let shown = 0;
    for (let tries = 0; ; tries += 1) {
      const { status } = await ask(api.readNamespacedPod(at));
      const { phase = 'Pending', containerStatuses: [container] = [] } = status ?? {};
      if (phase === 'Pending') {
        const reason = container?.state?.waiting?.reason ?? '';
        if (tries > SECONDS_TO_START || /BackOff|Invalid|ConfigError/.test(reason))
          throw new Error(`${called} does not start: ${await whyNot(api, at, reason)}`);
      } else {
        // A pod that was evicted before its container ran has no log.
        const log = await api.readNamespacedPodLog(at).catch(() => '');
        const { lines, answer } = readLog(log);
        for (const line of lines.slice(shown)) tell(line);
        shown = lines.length;
        if (phase === 'Failed') {
          const { exitCode, reason } = container?.state?.terminated ?? {};
          const how = status?.reason ?? (reason === 'Error' ? exitCode : reason) ?? 'no reason given';
          throw new Error([`${called} ended with ${how}:`, ...lines.slice(-5).map((line) => `  ${line}`)].join('\n'));
        }
        if (phase === 'Succeeded' && answer !== undefined) return answer.trimEnd();
        if (phase === 'Succeeded') throw new Error(`${called} ended well, and its log is cut off; try again`);
      }
      await pause();
    }
  } finally {
    await api.deleteNamespacedPod({ ...at, gracePeriodSeconds: 0 }).catch(() => undefined);
  }
}

/** What the kubelet says, such as that a Secret is not there. */
async function whyNot(api: PodApi, { name, namespace }: { name: string; namespace: string }, reason: string): Promise<string> {
  const fieldSelector = `involvedObject.name=${name},type=Warning`;
  const { items } = await api.listNamespacedEvent({ namespace, fieldSelector }).catch(() => ({ items: [] }));
  const [last] = items.map(({ message }) => message).slice(-1);
  return last ?? (reason === '' ? `nothing is said for ${SECONDS_TO_START} s` : reason);
}
