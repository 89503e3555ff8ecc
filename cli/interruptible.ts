/** Milliseconds within which a signal is the same one: npm hands on Ctrl-C to who has it from the terminal, too. */
const SAME = 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The reason of a signal. */
export class Interrupted extends Error {}

/**
 * Does something that takes away what it has made elsewhere before this process ends: it is told of a signal, and ends by itself. One
 * that comes a second later ends the process at once.
 *
 * @param work - is to throw the reason of its signal, an Error, when that is aborted
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const hear = (signal: NodeJS.Signals): void => {
    setTimeout(quiet, SAME).unref();
    interruption.abort(new Interrupted(`interrupted by ${signal}`));
  };
  const quiet = (): void => {
    for (const each of SIGNALS) process.off(each, hear);
  };
  for (const each of SIGNALS) process.on(each, hear);
  try {
    const done = await work(interruption.signal);
    interruption.signal.throwIfAborted(); // it came too late for the work, not for what would follow
    return done;
  } finally {
    quiet();
  }
}
