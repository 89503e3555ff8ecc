import type { Manifest } from '../synth/synthesized';

/** Which runs are to be made again: run name without its attempt, to the attempt that is wanted. */
export type Attempts = ReadonlyMap<string, number>;

/** How `csb` tells the Pulumi program which attempts are wanted: `<run>=<attempt>`, with commas between them. */
export const ATTEMPTS_VARIABLE = 'CSB_ATTEMPTS';

/** A run and one of its attempts. */
export interface Attempt {
  readonly run: string;
  readonly attempt: number;
}

/** Splits `bookworm-base-aced1081ae-2` into the run and its attempt. Undefined for a name of another form. */
export function parseRunName(name: string): Attempt | undefined {
  const [, run, attempt] = /^(.+-[0-9a-f]{10})-([1-9][0-9]*)$/.exec(name) ?? [];
  return run === undefined ? undefined : { run, attempt: Number(attempt) };
}

/**
 * Reads the variable's value.
 *
 * @throws Error when a part of it is not `<run>=<attempt>`
 */
export function parseAttempts(value: string | undefined): Attempts {
  const parts = (value ?? '').split(',').filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const [, run, attempt] = /^([a-z0-9-]+)=([1-9][0-9]*)$/.exec(part) ?? [];
      if (run === undefined)
        throw new Error(`${ATTEMPTS_VARIABLE}: '${part}' is not <run>=<attempt>, such as bookworm-base-aced1081ae=2`);
      return [run, Number(attempt)];
    }),
  );
}

/**
 * The variable's value for the next attempt of each of these.
 *
 * @param latest - attempts that have been made; of one run, the highest counts
 */
export function nextAttempts(latest: readonly Attempt[]): string {
  const runs = [...new Set(latest.map(({ run }) => run))];
  const highest = (name: string) => Math.max(...latest.flatMap(({ run, attempt }) => (run === name ? [attempt] : [])));
  return runs.map((run) => `${run}=${highest(run) + 1}`).join(',');
}

/** Which attempt of a run is to be deployed. */
export interface DeployedAttempt {
  /** True when it was asked for: then it replaces the attempt that Pulumi's state holds. */
  readonly wanted: boolean;
  /** The manifest under the name of this attempt. */
  rename(manifest: Manifest): Manifest;
}

/** The attempt of a run. Unless one was asked for, the attempt in Pulumi's state stays: it made the same thing. */
export function attemptOf(name: string, attempts: Attempts): DeployedAttempt {
  const parsed = parseRunName(name);
  const wanted = parsed && attempts.get(parsed.run);
  if (parsed === undefined || wanted === undefined) return { wanted: false, rename: (manifest) => manifest };
  return {
    wanted: true,
    rename: (manifest) => ({ ...manifest, metadata: { ...manifest.metadata, name: `${parsed.run}-${wanted}` } }),
  };
}
