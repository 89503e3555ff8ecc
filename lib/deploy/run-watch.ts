import type { KubernetesObject } from '@kubernetes/client-node';
import { readKubeconfig } from './kubeconfig';
import type { LiveRun, LiveTaskRun } from './run-progress';

/** Milliseconds until a watch that ended with an error is begun again. */
const AGAIN = 2000;

/** The runs of a namespace and their tasks, as the cluster has them at every moment. */
export interface RunWatch {
  /** Its PipelineRuns. */
  runs(): readonly LiveRun[];
  /** Its TaskRuns. */
  taskRuns(): readonly LiveTaskRun[];
  /** Ends it. */
  stop(): void;
}

/**
 * Watches PipelineRuns and TaskRuns of a namespace, which need not exist yet.
 *
 * @param context - kubeconfig's context; without one, the current context
 * @param changed - called after each change
 * @returns once it is known what there is, or that it cannot be known now: then it is tried again, and meanwhile there is nothing
 */
export async function watchRuns(context: string | undefined, namespace: string, changed: () => void): Promise<RunWatch> {
  const { CustomObjectsApi, ListWatch, Watch } = await import('@kubernetes/client-node');
  const config = await readKubeconfig(context);
  const api = config.makeApiClient(CustomObjectsApi);
  const begin = async (plural: string): Promise<{ list: () => readonly KubernetesObject[]; stop: () => void }> => {
    const kind = { group: 'tekton.dev', version: 'v1', namespace, plural };
    const list = async () => (await api.listNamespacedCustomObject(kind)) as { items: KubernetesObject[] };
    const informer = new ListWatch(`/apis/tekton.dev/v1/namespaces/${namespace}/${plural}`, new Watch(config), list, false);
    let ended = false;
    const again = (): void => {
      if (!ended) setTimeout(() => void informer.start().catch(again), AGAIN).unref();
    };
    informer.on('change', changed);
    informer.on('error', again);
    await informer.start().catch(again);
    return {
      list: () => informer.list(),
      stop: () => {
        ended = true;
        void informer.stop();
      },
    };
  };
  const [runs, taskRuns] = await Promise.all([begin('pipelineruns'), begin('taskruns')]);
  return {
    runs: () => runs.list() as readonly LiveRun[],
    taskRuns: () => taskRuns.list() as readonly LiveTaskRun[],
    stop: () => {
      runs.stop();
      taskRuns.stop();
    },
  };
}
