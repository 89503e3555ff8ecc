/** Waits for parts of the cluster that settle by themselves. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats a probe until it succeeds; fails with its last reason. */
export async function waitFor(what: string, seconds: number, probe: () => Promise<void>): Promise<void> {
  let reason: unknown;
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    try {
      await probe();
      return;
    } catch (error) {
      reason = error;
    }
    await sleep(250);
  }
  throw new Error(`${what} is not ready after ${seconds} s: ${reason instanceof Error ? reason.message : String(reason)}`);
}
