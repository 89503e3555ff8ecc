/** What a component of the platform is: a daemon, its files, where it runs, and how to ask whether it works. */
import { totalmem } from 'node:os';
import { shortHash } from '../hash';

/** A file that a component reads, written before it starts. */
export interface ComponentFile {
  /** Relative to the configuration directory: `/node/config` as the node sees it. */
  readonly path: string;
  readonly content: string;
  /** @default 0o644 */
  readonly mode?: number;
}

export interface Component {
  readonly name: string;
  /** `node`: inside the node's namespaces. `host`: in the host's network, as the way out that the node does not have. */
  readonly place: 'node' | 'host';
  /** Where it listens, for people. */
  readonly address: string;
  /** Components that must be healthy before this one starts. */
  readonly after: readonly string[];
  readonly command: readonly string[];
  readonly files: readonly ComponentFile[];
  /** Resolves when the component does its work, else fails with the reason. */
  readonly probe: () => Promise<void>;
}

/** From so many bytes on, memory is there to be used. */
const MUCH_MEMORY = 12 * 2 ** 30;

/**
 * The environment of every component, beside its markers. Most are Go programs, whose runtime collects garbage each time that their memory has
 * doubled. On a machine with memory and few processors that is too often (docs/local-platform.md#memory).
 *
 * @param memory - of the machine, in bytes
 */
export const environmentOf = (memory = totalmem()): Readonly<Record<string, string>> =>
  memory < MUCH_MEMORY ? {} : { GOGC: '400' };

/** Identifies what a component is started with: when it changes, the running process is the wrong one. */
export function definitionOf({ command, files }: Component): string {
  return shortHash(16, JSON.stringify([command, files, environmentOf()]));
}

/** A configuration file as JSON, which every YAML reader accepts. */
export function jsonFile(path: string, value: unknown): ComponentFile {
  return { path, content: `${JSON.stringify(value, null, 2)}\n` };
}

/** Where the node finds a component's file. */
export function inNode(path: string): string {
  return `/node/config/${path}`;
}
