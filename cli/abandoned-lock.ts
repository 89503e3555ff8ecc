import type { Stack } from '@pulumi/pulumi/automation';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backendFolder } from './backend';
import { endOrphans, mayBeOf } from './orphans';
import { isRunningSince } from './processes';

/** What Pulumi's file backend writes into a lock. */
interface Lock {
  readonly file: string;
  readonly pid: number;
  readonly hostname: string;
  readonly timestamp: string;
}

/**
 * Waits for a live `up` of this machine to end; takes away the locks of dead ones, and no others, with the processes that they left.
 *
 * Only for a file:// backend, whose locks name a process. Other backends keep their own counsel: there `pulumi cancel` is for people.
 *
 * @param backend - as the marker of left-over processes has it
 * @param url - where the stack is
 * @throws Error when processes of other machines hold a lock, naming each
 */
export async function releaseAbandonedLock(
  stack: { readonly name: string; readonly workspace: Pick<Stack['workspace'], 'workDir'> },
  backend: string,
  url: string,
): Promise<void> {
  const folder = backendFolder(url, stack.workspace.workDir);
  if (folder === undefined) return;
  const directory = join(folder, '.pulumi/locks/organization', 'cloud-services-buildpacks', stack.name);
  let told = false;
  for (;;) {
    const locks = readLocks(directory);
    const own = locks.filter((lock) => lock.hostname === hostname());
    // The marker holds where the time does not: when the clock is set forward, everything seems to have begun later than it did.
    const isHeld = ({ pid, timestamp }: Lock): boolean =>
      isRunningSince(pid, new Date(timestamp)) || mayBeOf(backend, stack.name, pid);
    const held = own.map(isHeld); // once for both: it may end in between
    const holder = own.find((_, i) => held[i]);
    const abandoned = own.filter((_, i) => !held[i]);
    if (abandoned.length > 0) {
      endOrphans(backend, stack.name); // once more: it may have been killed while we waited
      // The second is what Pulumi's file backend keeps beside each file.
      for (const { file } of abandoned) for (const each of [file, `${file}.attrs`]) rmSync(each, { force: true });
      console.error('An earlier `up` was killed: ended what it left running, and released its lock.');
    }
    const foreign = locks.filter((lock) => lock.hostname !== hostname());
    if (foreign.length > 0) throw new Error(lockedElsewhere(stack.name, foreign));
    if (holder === undefined) return;
    if (!told)
      console.error(
        `Another \`up\` of '${stack.name}' is running (process ${holder.pid}, since ${holder.timestamp}); waiting for it to end ...`,
      );
    told = true;
    await sleep(1000);
  }
}

function lockedElsewhere(stack: string, locks: readonly Lock[]): string {
  const holders = locks.map(({ pid, hostname: host, timestamp }) => `process ${pid} on ${host} since ${timestamp}`);
  return `the Pulumi stack '${stack}' is locked by ${holders.join(' and ')}; when ${locks.length === 1 ? 'it is' : 'they are'} dead: pulumi cancel --stack ${stack}`;
}

function readLocks(directory: string): Lock[] {
  try {
    return readdirSync(directory)
      .filter((file) => file.endsWith('.json')) // beside the backend's own .attrs files
      .flatMap((file) => readLock(join(directory, file)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // never locked
    throw error;
  }
}

function readLock(file: string): Lock[] {
  try {
    return [{ ...(JSON.parse(readFileSync(file, 'utf8')) as Lock), file }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // released in between
    throw error;
  }
}
