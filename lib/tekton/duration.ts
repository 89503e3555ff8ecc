import type { Duration } from 'cdk8s';

/** A duration as Go, and so the API server, writes it: `1h0m0s`, `30m0s`, `45s`. Written otherwise, every preview would show a change. */
export function goDuration(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  if (milliseconds > 0 && milliseconds < 1000) return `${milliseconds}ms`;
  const seconds = milliseconds / 1000;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}

/** Tekton takes no time at all for no limit. */
export function timeoutProblems(whose: string, timeout: Duration | undefined): string[] {
  return timeout?.toMilliseconds() === 0 ? [`${whose} has the timeout 0s, which Tekton takes for none; give it a time`] : [];
}
