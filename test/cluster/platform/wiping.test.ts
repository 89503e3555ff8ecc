/**
 * `clean` leaves nothing. It throws away a cluster that somebody may be working with, so it runs where CI=true says that nobody is.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { local, mustBeHealthy } from './platform';

const state = dirname(process.env['KUBECONFIG'] ?? '');
const shell = (command: string): string => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim();

/** Processes that carry the platform's mark in their environment. */
function marked(): string[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`CSB_STATE=${state}`);
      } catch {
        return false; // gone in between
      }
    });
}

(process.env['CI'] === 'true' ? test : test.skip)(
  'clean removes processes, interface, routes, mounts, control groups and state (only where CI=true)',
  () => {
    expect(marked()).not.toEqual([]);
    local('clean');
    expect(marked()).toEqual([]);
    expect(shell('ip -o link | grep -c csb0 || true')).toBe('0');
    expect(shell("ip route | grep -cE '10\\.244|10\\.96|172\\.30\\.0' || true")).toBe('0');
    expect(shell(`grep -c ${state} /proc/mounts || true`)).toBe('0');
    expect(shell('find /sys/fs/cgroup -maxdepth 2 -name cloud-services-buildpacks 2>/dev/null')).toBe('');
    expect(existsSync(state)).toBe(false);

    local('up');
    mustBeHealthy();
  },
);
