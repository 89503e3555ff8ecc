/**
 * Waits for an object to become what it should, or to be gone, and says meanwhile what it is waiting for.
 */
import { ApiError } from '../cluster/api-error';
import type { ObjectStore } from '../cluster/objects';
import { annotation, isAnnotated, skipAwait, waitFor } from '../objects/annotations';
import { kindOf, listAt, type Manifest, nameOf, stringAt } from '../objects/manifest';
import { anyKind, builtInCheck } from './built-in';
import { observe } from './observe';
import { conditionLines, type Readiness, type ReadinessCheck, type Surroundings } from './readiness';
import { parseChecked } from './wait-for';

export interface AwaitOptions {
  readonly store: ObjectStore;
  readonly seconds: number;
  readonly cancelled: AbortSignal;
  /** Shows one line beside the resource. */
  readonly report: (line: string) => void;
}

/** The object is there, but not as wanted, in the time it had. */
export class AwaitError extends Error {
  public constructor(
    message: string,
    public readonly live: Manifest,
    public readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

export function surroundings(store: ObjectStore, signal: AbortSignal): Surroundings {
  return {
    list: (example, query) => store.list(example, query, signal),
    get: async (object) => {
      try {
        return await store.get(object, signal);
      } catch (error) {
        if (error instanceof ApiError && error.isNotFound) return undefined;
        throw error;
      }
    },
  };
}

/** What the inputs ask to wait for: their annotation, else what is built in for the kind, else nothing. */
export function checkFor(inputs: Manifest): ReadinessCheck | undefined {
  if (isAnnotated(inputs, skipAwait)) return undefined;
  const wanted = annotation(inputs, waitFor);
  if (wanted !== '') return parseChecked(inputs, wanted);
  return builtInCheck(inputs) ?? (process.env['PULUMI_K8S_AWAIT_ALL'] === 'true' ? anyKind : undefined);
}

/** Returns the object as it is when ready; throws AwaitError when time is up, when it cannot become ready, or when cancelled. */
export async function awaitReady(check: ReadinessCheck, written: Manifest, options: AwaitOptions): Promise<Manifest> {
  const deadline = AbortSignal.timeout(options.seconds * 1000);
  const signal = AbortSignal.any([options.cancelled, deadline]);
  const around = surroundings(options.store, signal);
  let live = written;
  let last: Readiness = { ready: false, message: '' };
  let reported = '';
  try {
    for await (const seen of observe(options.store, written, signal)) {
      if (seen === undefined)
        throw new AwaitError(`${kindOf(live)} "${nameOf(live)}" was deleted while waiting for it`, live, []);
      live = seen;
      last = await check(live, around);
      if (last.ready) {
        options.report('');
        return live;
      }
      const line = [last.message, conditionLines(live).at(-1) ?? ''].filter((part) => part !== '').join(' | ');
      if (line !== reported) options.report(line);
      reported = line;
      if (last.hopeless === true) break;
    }
  } catch (error) {
    if (error instanceof AwaitError || !signal.aborted) throw asAwaitError(error, live);
  }
  const message = last.hopeless === true ? last.message : endOf(options, live);
  throw new AwaitError(
    message,
    live,
    [last.message, ...conditionLines(live)].filter((reason) => reason !== ''),
  );
}

function asAwaitError(error: unknown, live: Manifest): AwaitError {
  return error instanceof AwaitError ? error : new AwaitError(error instanceof Error ? error.message : String(error), live, []);
}

function endOf(options: AwaitOptions, live: Manifest): string {
  if (options.cancelled.aborted) return `Resource operation was cancelled for "${nameOf(live)}"`;
  return `'${nameOf(live)}' timed out waiting to be Ready after ${options.seconds} s: timed out waiting for the condition`;
}

/** Returns when the object is gone, or another one has its name. */
export async function awaitGone(object: Manifest, options: AwaitOptions): Promise<void> {
  const signal = AbortSignal.any([options.cancelled, AbortSignal.timeout(options.seconds * 1000)]);
  const uid = stringAt(object, 'metadata', 'uid');
  let live = object;
  try {
    for await (const seen of observe(options.store, object, signal)) {
      if (seen === undefined || (uid !== '' && stringAt(seen, 'metadata', 'uid') !== uid)) {
        options.report('');
        return;
      }
      live = seen;
      options.report(`Waiting for deletion${finalizers(live)}`);
    }
  } catch (error) {
    if (!signal.aborted) throw asAwaitError(error, live);
  }
  const message = options.cancelled.aborted ? endOf(options, live) : 'timed out waiting for the condition';
  throw new AwaitError(message, live, [`finalizers might be preventing deletion${finalizers(live)}`, ...conditionLines(live)]);
}

function finalizers(live: Manifest): string {
  const names = listAt(live, 'metadata', 'finalizers').map(String);
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}
