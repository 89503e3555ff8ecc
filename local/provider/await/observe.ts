/**
 * The current state of one object, again and again: by a watch, and by a look every few seconds for what a watch does not tell.
 */
import { ApiError } from '../cluster/api-error';
import type { ObjectStore } from '../cluster/objects';
import { type Manifest, stringAt } from '../objects/manifest';

const pollMilliseconds = 2_000;
const retryMilliseconds = 500;

/** Something to sleep on that a change, an abort or time ends. */
class Bell {
  private rung = false;
  private end: () => void = () => undefined;

  public ring(): void {
    this.rung = true;
    this.end();
  }

  public async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.rung && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          this.end();
        }, milliseconds);
        this.end = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', this.end);
          resolve();
        };
        signal.addEventListener('abort', this.end);
      });
    }
    this.rung = false;
  }
}

/** Yields the object when it changes and at least every two seconds, undefined once it is gone; ends with the signal. */
export async function* observe(store: ObjectStore, object: Manifest, signal: AbortSignal): AsyncGenerator<Manifest | undefined> {
  let current: Manifest | undefined = await read(store, object, signal);
  const bell = new Bell();
  const stop = new AbortController();
  const watching = follow(store, object, AbortSignal.any([signal, stop.signal]), (next) => {
    current = next;
    bell.ring();
  });
  try {
    while (!signal.aborted) {
      yield current;
      await bell.sleep(pollMilliseconds, signal);
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
    await new Bell().sleep(retryMilliseconds, signal);
  }
}
