import type { KubeConfig, KubernetesObjectApi, Watch } from '@kubernetes/client-node';
import type { Runs } from './deleted-runs';
import { metadataApi } from './live-owners';

/** The kind of runs. */
export const RUNS = { apiVersion: 'tekton.dev/v1', kind: 'PipelineRun' } as const;

/** Which runs there are in a cluster, and which have been. */
export class RunHistory {
  private constructor(
    private readonly objects: KubernetesObjectApi,
    private readonly watch: Watch,
  ) {}

  /** That of the cluster of a kubeconfig. */
  static async connect(config: KubeConfig): Promise<RunHistory> {
    const { Watch: Watching } = await import('@kubernetes/client-node');
    return new RunHistory(await metadataApi(config), new Watching(config));
  }

  /**
   * The runs of a namespace, and those that have come since a version of it.
   *
   * @param since - none for what is there now; of one that the API server has forgotten, after minutes, it is the same
   */
  async since(namespace: string, since: string | undefined): Promise<Runs> {
    const { items, metadata } = await this.objects.list(RUNS.apiVersion, RUNS.kind, namespace);
    const there = items.map((item) => item.metadata?.name ?? '');
    const come = since === undefined ? [] : await this.replay(namespace, since);
    return { there, come, version: metadata?.resourceVersion ?? '' };
  }

  /** A watch that ends by itself: one that stays would keep the program from ending. It says first what has happened since. */
  private async replay(namespace: string, since: string): Promise<readonly string[]> {
    const names = new Set<string>();
    const path = `/apis/${RUNS.apiVersion}/namespaces/${namespace}/pipelineruns`;
    await new Promise<void>((resolve) => {
      const heard = (_: string, { metadata }: { readonly metadata?: { readonly name?: string } }): void => {
        if (metadata?.name !== undefined) names.add(metadata.name);
      };
      void this.watch.watch(path, { resourceVersion: since, timeoutSeconds: 1 }, heard, () => {
        resolve();
      });
    });
    return [...names];
  }
}
