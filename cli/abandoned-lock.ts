import type { Stack } from '@pulumi/pulumi/automation';
import { readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backendFolder } from './backend';
import { endOrphans } from './orphans';
import { inItsWords } from './pulumi-words';

/** What Pulumi's file backend writes into a lock. */
interface Lock {
  readonly pid: number;
  readonly hostname: string;
  readonly timestamp: string;
}

/**
 * Waits for a live `up` of this machine to end; takes away the lock of a dead one, with the processes that it left.
 *
 * Only for a file:// backend, whose locks name a process. Other backends keep their own counsel: there `pulumi cancel` is for people.
 *
 * @param backend - as the marker of left-over processes has it
 * @param url - where the stack is
 * @throws Error when a process of another machine holds the lock
 */
export async function releaseAbandonedLock(stack: Stack, backend: string, url: string): Promise<void> {
  const folder = backendFolder(url, stack.workspace.workDir);
  if (folder === undefined) return;
  const directory = join(folder, '.pulumi/locks/organization', 'cloud-services-buildpacks', stack.name);
  let told = false;
  for (;;) {
    const locks = readLocks(directory);
    if (locks.length === 0) return;
    const foreign = locks.find((lock) => lock.hostname !== hostname());
    if (foreign)
      throw new Error(
        `the Pulumi stack '${stack.name}' is locked by process ${foreign.pid} on ${foreign.hostname} since ${foreign.timestamp}; ` +
          `when it is dead: pulumi cancel --stack ${stack.name}`,
      );
    const holder = locks.find((lock) => isPulumi(lock.pid));
    if (holder === undefined) {
      endOrphans(backend, stack.name); // once more: it may have been killed while we waited
      console.log('An earlier `up` was killed: ended what it left running, and released its lock.');
      await inItsWords(stack.cancel());
      return;
    }
    if (!told)
      console.log(
        `Another \`up\` of '${stack.name}' is running (process ${holder.pid}, since ${holder.timestamp}); waiting for it to end ...`,
      );
    told = true;
    await sleep(1000);
  }
}

function readLocks(directory: string): Lock[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.json')) // beside the backend's own .attrs files
      .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // never locked, or released in between
    throw error;
  }
}

/** A process that is alive and still Pulumi: pids are used again. */
function isPulumi(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'pulumi';
  } catch {
    return false;
  }
}
