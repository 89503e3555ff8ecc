import { ConcurrentUpdateError, type EngineEvent } from '@pulumi/pulumi/automation';
import type { Cluster } from '../../lib/deploy/cluster';
import { watchRuns } from '../../lib/deploy/run-watch';
import type { Settings } from '../../lib/settings/settings';
import type { SynthesizedObject } from '../../lib/synth/synthesized';
import { interruptible } from '../interruptible';
import { wordsOf } from '../pulumi-words';
import { outputFor } from './output';
import { View } from './view';

/** What is shown, and how. */
export interface ViewOptions {
  readonly command: string;
  readonly environment: string;
  readonly settings: Pick<Settings, 'kubeContext' | 'namespace'>;
  readonly objects: readonly SynthesizedObject[];
  readonly cluster: Pick<Cluster, 'explain'>;
  readonly json: boolean;
}

/** What Pulumi's Automation API is given. */
export interface EngineOptions {
  readonly color: 'never';
  readonly suppressOutputs: true;
  readonly suppressProgress: true;
  readonly onEvent: (event: EngineEvent) => void;
  /** Asks Pulumi to end. */
  readonly signal: AbortSignal;
}

/**
 * Shows what Pulumi and the cluster do, until it is done. Ctrl-C ends it in good order: Pulumi writes its state, and what runs in the cluster
 * goes on.
 *
 * @returns whether it went well; when not, the reason has been shown
 * @throws Error when it fails and nothing that was shown says why
 */
export async function viewed(options: ViewOptions, work: (engine: EngineOptions) => Promise<unknown>): Promise<boolean> {
  const { command, environment, settings, cluster, json } = options;
  let isWatched = false;
  let change: NodeJS.Timeout | undefined;
  const changed = (): void => {
    // Changes come in swarms.
    change ??= setTimeout(() => {
      change = undefined;
      view.look();
    }, 200);
  };
  const watch = await watchRuns(settings.kubeContext, settings.namespace, () => {
    if (isWatched) changed();
  });
  const runs = options.objects
    .filter(({ manifest }) => manifest.kind === 'PipelineRun')
    .map(({ manifest }) => manifest.metadata.name);
  const explain = cluster.explain.bind(cluster);
  const view = new View(
    { command, environment, namespace: settings.namespace, runs, watch, explain },
    outputFor(process.stdout, json),
  );
  isWatched = true;
  const clock = setInterval(() => {
    view.look();
  }, 1000);
  try {
    return await interruptible(async (interrupted) => {
      const ask = new AbortController();
      interrupted.addEventListener('abort', () => {
        view.say('Interrupted: Pulumi writes down what it has done. Runs that have begun go on; `up` waits for them again.');
        // From a terminal, Pulumi has the signal already; a second one would end it at once.
        const reason = (interrupted.reason as Error).message;
        if (!(process.stdin.isTTY && /SIGINT|SIGHUP/.test(reason))) ask.abort();
      });
      const engine = { color: 'never', suppressOutputs: true, suppressProgress: true } as const;
      const onEvent = (event: EngineEvent): void => {
        view.hear(event);
      };
      const failure = await work({ ...engine, onEvent, signal: ask.signal }).then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      if (failure instanceof ConcurrentUpdateError) throw failure;
      const hasReason = await view.end(failure === undefined);
      if (failure !== undefined && !hasReason && !interrupted.aborted) throw new Error(wordsOf(failure), { cause: failure });
      return failure === undefined;
    });
  } finally {
    isWatched = false;
    clearInterval(clock);
    clearTimeout(change);
    watch.stop();
  }
}
