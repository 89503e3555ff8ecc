import type { CoreV1Api, V1Pod } from '@kubernetes/client-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordsOfApi } from '../lib/deploy/cluster-error';
import { readKubeconfig } from '../lib/deploy/kubeconfig';
import type { Settings } from '../lib/settings/settings';
import { interruptible } from './interruptible';
import { readLog, type Said, toolboxPod, type ToolboxWork } from './toolbox-pod';

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
/** Calls, a second apart, until a failure is believed: what a pod has worked on for minutes must not be lost with one of them. */
const CALLS = 5;

/** Which pod. */
interface At {
  readonly name: string;
  readonly namespace: string;
}

/** How the pod is waited for. */
interface Waiting {
  readonly tell?: (line: string) => void;
  /** Takes a second, or less when that is aborted. */
  readonly pause?: (interrupted?: AbortSignal) => Promise<unknown>;
}

const aSecond = (signal?: AbortSignal): Promise<unknown> =>
  sleep(1000, undefined, { ...(signal && { signal }) }).catch(() => undefined);

/**
 * Makes a pod, and gives what it answers. Its log is read when it has ended: what follows a running one can be cut off. It is deleted in the
 * end, also when this process is interrupted.
 */
export async function answerOf(
  api: PodApi,
  pod: V1Pod,
  { tell = console.error, pause = aSecond }: Waiting = {},
): Promise<string> {
  const at: At = { name: pod.metadata?.name ?? '', namespace: pod.metadata?.namespace ?? '' };
  const called = `the pod ${at.name} of namespace ${at.namespace}`;
  return interruptible(async (interrupted) => {
    const wait = (): Promise<unknown> => pause(interrupted);
    await inWords(called, api.createNamespacedPod({ namespace: at.namespace, body: pod }).catch(unlessNoNamespace(at)));
    try {
      let shown = 0;
      for (let tries = 0; ; tries += 1) {
        interrupted.throwIfAborted();
        const { status } = await inWords(
          called,
          insist(() => api.readNamespacedPod(at), wait),
        );
        const { phase = 'Pending', containerStatuses: [container] = [] } = status ?? {};
        if (phase === 'Pending') {
          const reason = container?.state?.waiting?.reason ?? '';
          if (tries > SECONDS_TO_START || /BackOff|Invalid|ConfigError/.test(reason))
            throw new Error(`${called} does not start: ${await whyNot(api, at, reason)}`);
        } else {
          const { lines, answer } = await inWords(
            `${called} has run, and its log cannot be read; try again`,
            logOf(api, at, phase, wait),
          );
          for (const line of lines.slice(shown)) tell(line);
          shown = Math.max(shown, lines.length);
          if (phase === 'Failed') {
            const { exitCode, reason } = container?.state?.terminated ?? {};
            const how = status?.reason ?? (reason === 'Error' ? exitCode : reason) ?? 'no reason given';
            throw new Error([`${called} ended with ${how}:`, ...lines.slice(-5).map((line) => `  ${line}`)].join('\n'));
          }
          if (phase === 'Succeeded') return (answer ?? '').trimEnd();
        }
        await wait();
      }
    } finally {
      await insist(() => api.deleteNamespacedPod({ ...at, gracePeriodSeconds: 0 }), pause).catch((error: unknown) => {
        tell(`${called} could not be deleted: ${wordsOfApi(error)}`);
      });
    }
  });
}

/** What a pod has said so far. Of one that has ended well it has the answer; one that was evicted before it ran has said nothing. */
async function logOf(api: PodApi, at: At, phase: string, wait: () => Promise<unknown>): Promise<Said> {
  const read = async (): Promise<Said> => {
    const said = readLog(await api.readNamespacedPodLog(at));
    if (phase === 'Succeeded' && said.answer === undefined) throw new Error('it is cut off');
    return said;
  };
  if (phase === 'Succeeded') return insist(read, wait);
  return (phase === 'Failed' ? insist(read, wait) : read()).catch(() => readLog(''));
}

/** Calls again what fails. */
async function insist<T>(call: () => Promise<T>, wait: () => Promise<unknown>): Promise<T> {
  for (let calls = 1; ; calls += 1) {
    try {
      return await call();
    } catch (error) {
      if (calls === CALLS) throw error;
    }
    await wait();
  }
}

/** A pod is what the registry is asked from: before the first `up`, there is no place for it. */
const unlessNoNamespace =
  ({ namespace }: At) =>
  (error: unknown): never => {
    if ((error as { code?: number }).code !== 404) throw error;
    throw new Error(`there is no namespace ${namespace} in the cluster yet; up makes it`, { cause: error });
  };

function inWords<T>(called: string, answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    throw new Error(`${called}: ${wordsOfApi(error)}`, { cause: error });
  });
}

/** What the kubelet says, such as that a Secret is not there. */
async function whyNot(api: PodApi, { name, namespace }: At, reason: string): Promise<string> {
  const fieldSelector = `involvedObject.name=${name},type=Warning`;
  const { items } = await api.listNamespacedEvent({ namespace, fieldSelector }).catch(() => ({ items: [] }));
  const [last] = items.map(({ message }) => message).slice(-1);
  return last ?? (reason === '' ? `nothing is said for ${SECONDS_TO_START} s` : reason);
}
