import type { Manifest } from '../synth/synthesized';
import { parseRunName } from './attempts';

/** On a run that stands for one which somebody deleted while its end was waited for. */
export const DELETED_ANNOTATION = 'cloud-services-buildpacks.toolforge.org/deleted';

/** The runs of a namespace, by name. */
export interface Runs {
  readonly there: readonly string[];
  /** Those that have come since the look before, whether they are still there or not. */
  readonly come: readonly string[];
  /** For the next look. */
  readonly version: string;
}

/** Where runs are. */
export interface RunSource {
  /**
   * The runs of a namespace.
   *
   * @param since - the version of the look before; undefined for a first one
   */
  runs(namespace: string, since: string | undefined): Promise<Runs>;
  /** Makes a run as it is declared. */
  createRun(manifest: Manifest): Promise<void>;
}

/**
 * Notices when somebody deletes a run while its end is waited for. Pulumi's provider (4.25) does not: it would wait for hours, until the run's
 * time is over, and from then on each `up` would fail on an object that is not there.
 *
 * In the place of the deleted run a cancelled one is made, of the same name, that says so. It ends at once, and the provider's waiting with it; what
 * else is being built goes on. It is a failed run like any other: `csb retry` makes the next attempt.
 */
export class DeletedRuns {
  private readonly waiting = new Set<Waiting>();
  /** The version of the last look at a namespace. */
  private readonly versions = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param interval - milliseconds between two looks */
  constructor(
    private readonly source: RunSource,
    private readonly interval = 5000,
  ) {}

  /**
   * Looks after a run, which need not exist yet.
   *
   * @returns a function that ends it
   */
  watch(manifest: Manifest): () => void {
    const run: Waiting = { manifest, newest: undefined };
    this.waiting.add(run);
    // The first look is before the run is made: what comes and goes between two looks is noticed from then on.
    this.schedule(this.versions.has(manifest.metadata.namespace ?? '') ? this.interval : 0);
    return () => {
      this.waiting.delete(run);
      if (this.waiting.size === 0) clearTimeout(this.timer);
    };
  }

  private schedule(after: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.look().finally(() => {
        if (this.waiting.size > 0) this.schedule(this.interval);
      });
    }, after);
    // A program that is done need not wait for the next look.
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const namespaces = new Set([...this.waiting].map(({ manifest }) => manifest.metadata.namespace ?? ''));
    for (const namespace of namespaces) {
      // A cluster that does not answer now does so at the next look.
      const runs = await this.source.runs(namespace, this.versions.get(namespace)).catch(() => undefined);
      if (runs === undefined) continue;
      this.versions.set(namespace, runs.version);
      for (const run of this.waiting) {
        if ((run.manifest.metadata.namespace ?? '') !== namespace) continue;
        const { name } = run.manifest.metadata;
        run.newest = newestAttempt(name, [...runs.there, ...runs.come, ...(run.newest === undefined ? [] : [run.newest])]);
        // Whoever is quicker to make it again is welcome. An earlier attempt may still be there.
        if (run.newest !== undefined && !runs.there.includes(run.newest))
          await this.source.createRun(cancelled(run.manifest, run.newest)).catch(() => undefined);
      }
    }
  }
}

interface Waiting {
  readonly manifest: Manifest;
  /** The name of the newest attempt that has been seen. */
  newest: string | undefined;
}

/** Pulumi's state may hold a later attempt of the run than is declared. */
function newestAttempt(declared: string, names: readonly string[]): string | undefined {
  const run = parseRunName(declared)?.run ?? declared;
  const attempts = names.flatMap((name) => {
    const parsed = parseRunName(name) ?? { run: name, attempt: 1 };
    return parsed.run === run ? [{ name, attempt: parsed.attempt }] : [];
  });
  return attempts.sort((a, b) => b.attempt - a.attempt)[0]?.name;
}

/** @see https://tekton.dev/docs/pipelines/pipelineruns/#cancelling-a-pipelinerun */
function cancelled(manifest: Manifest, name: string): Manifest {
  const annotations = { ...manifest.metadata.annotations, [DELETED_ANNOTATION]: 'true' };
  const spec = { ...(manifest['spec'] as object), status: 'Cancelled' };
  return { ...manifest, metadata: { ...manifest.metadata, name, annotations }, spec };
}
