/**
 * Where the platform keeps things: state that `clean` removes, and caches that it keeps. Never the checkout, so that a clone
 * can be deleted or moved while its platform runs.
 */
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

const NAME = 'cloud-services-buildpacks';

function base(variable: string, fallback: string): string {
  const value = process.env[variable];
  // XDG base directory specification: a relative path is invalid and must be ignored.
  return join(value !== undefined && isAbsolute(value) ? value : join(homedir(), fallback), NAME);
}

/** A path in the state directory: what the cluster remembers, its keys, its logs. */
export function statePath(...parts: string[]): string {
  return join(base('XDG_STATE_HOME', '.local/state'), ...parts);
}

/** A path in the part of the state that the node sees as `/node`. */
export function nodeStatePath(...parts: string[]): string {
  return statePath('node', ...parts);
}

/** A path in the cache directory: what can be made again from the checkout and the network. */
export function cachePath(...parts: string[]): string {
  return join(base('XDG_CACHE_HOME', '.cache'), ...parts);
}

/** The log file of a component. */
export function logFile(component: string): string {
  return statePath('logs', `${component}.log`);
}
