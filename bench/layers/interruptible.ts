/**
 * Does work that tidies up after itself: SIGINT and SIGTERM abort its signal, once, instead of ending the process in the middle of it.
 *
 * @throws whatever the work throws of that
 */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const end = (signal: NodeJS.Signals): void => {
    controller.abort(new Error(`ended by ${signal}`));
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
  }
}
