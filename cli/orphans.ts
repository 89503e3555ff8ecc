import { readdirSync, readFileSync } from 'node:fs';

/** Marks the process tree of an `up`: Pulumi's CLI, its language host, its providers. The value is the environment's name. */
export const UP_VARIABLE = 'CSB_UP';

/** The processes of this machine that an `up` of an environment started and that still run. */
function processesOf(environment: string): number[] {
  const wanted = `${UP_VARIABLE}=${environment}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && environmentOf(pid).includes(wanted));
}

/** Ends what a killed Pulumi CLI left running: its language host and providers do not notice its death (facts/proofs.md). */
export function endOrphans(environment: string): number {
  const orphans = processesOf(environment);
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
  return orphans.length;
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return []; // gone, or of another user
  }
}
