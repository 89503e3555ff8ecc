/**
 * The current state of one object, again and again: by a watch, and by a look every few seconds for what a watch does not tell.
 */
import { ApiError } from '../cluster/api-error';
import type { ObjectStore } from '../cluster/objects';
import { type Manifest, stringAt } from '../objects/manifest';

const pollMilliseconds = 2_000;

/**
 * Yields the object when it changes and at least every two seconds, undefined once it is gone; ends with the signal.
 */
export async function* observe(store: ObjectStore, object: Manifest, signal: AbortSignal): AsyncGenerator<Manifest | undefined> {
  let current: Manifest | undefined = await read(store, object, signal);
  let wake: () => void = () => undefined;
  const stop = new AbortController();
  const ending = AbortSignal.any([signal, stop.signal]);
  const watching = follow(store, object, ending, (next) => {
    current = next;
    wake();
  });
  try {
    while (!signal.aborted) {
      yield current;
      await new Promise<void>((resolve) => {
        wake = resolve;
        const timer = setTimeout(resolve, pollMilliseconds);
        signal.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            resolve();
          },
          { once: true },
        );
      });
    }
  } finally {
    stop.abort();
    await watching;
  }
}

async function read(store: ObjectStore, object: Manifest, signal: AbortSignal): Promise<Manifest | undefined> {
  try {
    return await store.get(object, signal);
  } catch (error) {
    if (error instanceof ApiError && error.isNotFound) return undefined;
    throw error;
  }
}

/** Watches until told to stop; a watch that ends or breaks begins again from a fresh read. */
async function follow(
  store: ObjectStore,
  object: Manifest,
  signal: AbortSignal,
  seen: (next: Manifest | undefined) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const now = await read(store, object, signal);
      seen(now);
      const version = now === undefined ? '0' : stringAt(now, 'metadata', 'resourceVersion');
      for await (const event of store.watch(object, version, signal)) {
        if (event.type === 'ERROR') break;
        if (event.type !== 'BOOKMARK') seen(event.type === 'DELETED' ? undefined : event.object);
      }
    } catch {
      // The server may be restarting, or the definition may be gone: look again.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
