import type { CoreV1Api, CustomObjectsApi, KubernetesObjectApi } from '@kubernetes/client-node';
import type { FormerPaths } from '../synth/aliases';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { ENVIRONMENT_ANNOTATION, FIELD_MANAGER } from './annotations';
import { ClusterError, wordsOfApi } from './cluster-error';
import type { RunSource, Runs } from './deleted-runs';
import { readKubeconfig } from './kubeconfig';
import { LiveOwners } from './live-owners';
import { absentOf } from './questions';
import { RunHistory, RUNS } from './run-history';
import { readEvidence } from './run-evidence';
import { type Explanation, reasonOf } from './run-failure';
import { madeBy } from './run-outcome';
import { takeoverProblems } from './takeover';

/** The cluster of a kubeconfig context, asked before and after Pulumi does its work. */
export class Cluster implements RunSource {
  private constructor(
    private readonly server: string,
    private readonly context: string,
    private readonly core: CoreV1Api,
    private readonly custom: CustomObjectsApi,
    private readonly owners: LiveOwners,
    private readonly objects: KubernetesObjectApi,
    private readonly history: RunHistory,
  ) {}

  /**
   * @param context - kubeconfig's context; without one, the current context
   * @throws ClusterError when there is no such context
   */
  static async connect(context?: string): Promise<Cluster> {
    const { CoreV1Api, CustomObjectsApi, KubernetesObjectApi } = await import('@kubernetes/client-node');
    const config = await readKubeconfig(context);
    const clients = [
      config.makeApiClient(CoreV1Api),
      config.makeApiClient(CustomObjectsApi),
      await LiveOwners.connect(config),
      KubernetesObjectApi.makeApiClient(config),
      await RunHistory.connect(config),
    ] as const;
    return new Cluster(config.getCurrentCluster()?.server ?? '', config.getCurrentContext(), ...clients);
  }

  /**
   * Refuses a cluster that does not answer, and one that belongs to another environment.
   *
   * Pulumi previews and no-op updates succeed on an unreachable cluster without a word.
   */
  async mustBelongTo(environment: string): Promise<void> {
    const system = await this.core.readNamespace({ name: 'kube-system' }).catch((error: unknown) => {
      const what =
        typeof (error as { code?: unknown }).code === 'number' ? 'refuses to show namespace kube-system' : 'does not answer';
      throw new ClusterError(`the API server of context '${this.context}' (${this.server}) ${what}: ${wordsOfApi(error)}`);
    });
    const owner = system.metadata?.annotations?.[ENVIRONMENT_ANNOTATION];
    if (owner === environment) return;
    throw new ClusterError(
      `the cluster of context '${this.context}' (${this.server}) ${owner === undefined ? 'belongs to no environment' : `belongs to environment '${owner}'`}, ` +
        `not to '${environment}'. If it is to be this environment's cluster, say so once:\n` +
        `  kubectl --context ${this.context} annotate namespace kube-system ${ENVIRONMENT_ANNOTATION}=${environment}`,
    );
  }

  /**
   * Refuses objects that are in the cluster but were not declared by the construct that declares them now, and aliases that would rename
   * an object.
   *
   * With that known, taking over an existing object only ever means to go on where a killed `up` stopped (docs/decisions/0002).
   */
  async mustNotTakeOver(objects: readonly SynthesizedObject[], formerPaths: FormerPaths): Promise<void> {
    const refused = await takeoverProblems(objects, formerPaths, this.owners).catch((error: unknown) => {
      throw new ClusterError(`cannot ask the cluster what exists: ${wordsOfApi(error)}`);
    });
    if (refused.length > 0)
      throw new ClusterError(
        `nothing was changed, because of objects that exist:\n${refused.map((each) => `  - ${each}`).join('\n')}`,
      );
  }

  /** The objects of a kind: those of a namespace, or, without one, of the cluster. None when the cluster does not know the kind. */
  async list({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>, namespace?: string): Promise<Manifest[]> {
    try {
      const { items } = await this.objects.list(apiVersion, kind, namespace);
      // The items of a list do not repeat what they are.
      return items.map((item) => ({ ...item, apiVersion, kind }) as unknown as Manifest);
    } catch (error) {
      if ((error as { code?: number }).code === 404 || /Unrecognized API version and kind/.test(String(error))) return [];
      const where = namespace === undefined ? 'the cluster' : `namespace ${namespace}`;
      throw new ClusterError(`cannot list ${apiVersion} ${kind} of ${where}: ${wordsOfApi(error)}`);
    }
  }

  /** What runs of these namespaces that ended well have left, and need not be made again (`Lasting`). */
  async madeBefore(namespaces: Iterable<string>): Promise<ReadonlySet<string>> {
    const runs: Manifest[] = [];
    for (const namespace of namespaces) runs.push(...(await this.list(RUNS, namespace)));
    return madeBy(runs);
  }

  /** Those of some objects that the cluster does not have. */
  async absentOf<T extends { readonly manifest: Manifest }>(objects: readonly T[]): Promise<T[]> {
    return absentOf(objects, this.owners).catch((error: unknown) => {
      throw new ClusterError(`cannot ask the cluster what exists: ${wordsOfApi(error)}`);
    });
  }

  /** The runs of a namespace, also those that have come and gone since an earlier look. */
  runs(namespace: string, since: string | undefined): Promise<Runs> {
    return this.history.since(namespace, since);
  }

  /** Makes a run as it is declared. */
  async createRun(manifest: Manifest): Promise<void> {
    const { name, namespace = '' } = manifest.metadata;
    const { status, ...spec } = manifest['spec'] as { readonly status?: string };
    const kind = {
      group: 'tekton.dev',
      version: 'v1',
      plural: 'pipelineruns',
      namespace,
      fieldManager: `${FIELD_MANAGER}-deleted`,
    };
    // In two steps: a deletion that waits for something raises the generation, and the provider takes an object of a lower one for an old one.
    await this.custom.createNamespacedCustomObject({
      ...kind,
      body: { ...manifest, spec: { ...spec, status: 'PipelineRunPending' } },
    });
    try {
      await this.custom.patchNamespacedCustomObject({
        ...kind,
        name,
        body: [{ op: 'replace', path: '/spec/status', value: status }],
      });
    } catch (error) {
      // Half of it would wait for ever: the next look makes it anew.
      await this.custom.deleteNamespacedCustomObject({ ...kind, name });
      throw error;
    }
  }

  /** Why a run did not succeed, what to do, and the last lines of the step that failed. */
  async explain(namespace: string, run: string): Promise<Explanation> {
    const { lines, log, mayPass = false } = reasonOf(await readEvidence(this.core, this.custom, namespace, run));
    if (log === undefined) return { text: lines.join('\n'), mayPass };
    const said = await this.core
      .readNamespacedPodLog({ name: log.pod, namespace, container: log.container, tailLines: 20 })
      .catch((error: unknown) => `(its log is gone: ${wordsOfApi(error)})`);
    const indented = said.trimEnd().split('\n');
    const isFull = /no space left on device|disk quota exceeded/i.test(said);
    const text = [
      ...lines,
      ...(isFull ? ["A disk was full: the node's, or the volume that it wrote to."] : []),
      'Its last lines:',
      ...indented.map((line) => `  | ${line}`),
    ].join('\n');
    return { text, mayPass };
  }

  /** What ended a run that failed, when that was something outside of it which the same again may not meet. */
  async endedFromOutside(namespace: string, run: string): Promise<string | undefined> {
    const evidence = await readEvidence(this.core, this.custom, namespace, run).catch((error: unknown) => {
      throw new ClusterError(`cannot ask the cluster why run ${run} failed: ${wordsOfApi(error)}`);
    });
    const { lines, mayPass } = reasonOf(evidence);
    return mayPass === true ? lines[0] : undefined;
  }
}
