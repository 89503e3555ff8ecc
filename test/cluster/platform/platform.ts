import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const repository = join(__dirname, '../../..');

/** A command of the embedded platform; its output. */
export function local(...args: readonly string[]): string {
  return execFileSync('node', ['--require', './cli/require.cjs', 'local/main.ts', ...args], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

export function kubectl(args: readonly string[], input?: string): string {
  return execFileSync('kubectl', args, {
    encoding: 'utf8',
    ...(input !== undefined && { input }),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** The process of each component, as `status` shows it. Fails, with the whole table, unless all are healthy. */
export function processes(): ReadonlyMap<string, number> {
  const rows = [...local('status').matchAll(/^([a-z-]+) +(\d+) /gm)];
  return new Map(rows.map(([, component, pid]) => [component ?? '', Number(pid)]));
}

/** Fails, with the whole table, unless every component is healthy: `status` ends with 1 then. */
export function mustBeHealthy(): void {
  local('status');
}
