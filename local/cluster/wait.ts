/** Waits for parts of the cluster that settle by themselves. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Repeats a probe until it succeeds `times` times in a row, half a second apart; fails with its last reason. Once is not enough
 * where what is asked may still be the answer from before a restart.
 */
export async function waitFor(what: string, seconds: number, probe: () => Promise<void>, times = 1): Promise<void> {
  let reason: unknown;
  let successes = 0;
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    try {
      await probe();
      successes++;
      if (successes >= times) return;
    } catch (error) {
      reason = error;
      successes = 0;
    }
    await sleep(500);
  }
  throw new Error(`${what} is not ready after ${seconds} s: ${reason instanceof Error ? reason.message : String(reason)}`);
}
