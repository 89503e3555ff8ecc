import type { Duration } from 'cdk8s';

/** A duration as Go, and so the API server, writes it: `1h0m0s`, `30m0s`, `45s`. Written otherwise, every preview would show a change. */
export function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds();
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = `${seconds % 60}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
