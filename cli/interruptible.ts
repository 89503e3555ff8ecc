const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something that takes away what it has made elsewhere before this process ends: it is told of the first signal, and ends by itself. A
 * second signal ends the process at once.
 *
 * @param work - is to throw the reason of its signal, an Error, when that is aborted
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const hear = (signal: NodeJS.Signals): void => {
    quiet();
    interruption.abort(new Error(`interrupted by ${signal}`));
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
