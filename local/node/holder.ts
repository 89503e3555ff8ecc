/**
 * The node: one process tree in its own namespaces. Its first process ("the holder") owns the mount, network, pid, UTS and IPC
 * namespaces; when it dies, however it dies, the kernel kills everything inside and drops all mounts and the veth pair.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdir, open, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dnsServiceAddress, nodeName } from '../addresses';
import { logFile, nodeStatePath, statePath } from '../directories';
import { findProcess, markers, stopProcess } from './processes';

const LARGE_LOG = 20 * 1024 * 1024;

async function openLog(component: string): Promise<Awaited<ReturnType<typeof open>>> {
  const file = logFile(component);
  await mkdir(dirname(file), { recursive: true });
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LARGE_LOG) await rename(file, `${file}.1`);
  return open(file, 'a');
}

/** Starts a detached process that outlives us, with its output in the component's log; resolves when it is on its way. */
export async function launch(component: string, command: readonly string[], environment: Record<string, string>): Promise<void> {
  const log = await openLog(component);
  try {
    await new Promise<void>((resolve, reject) => {
      const [program = '', ...arguments_] = command;
      const child = spawn(program, arguments_, {
        // A clean environment: what a shell happens to export must not decide how a cluster behaves.
        env: {
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: homedir(),
          LANG: 'C.UTF-8',
          ...environment,
        },
        stdio: ['ignore', log.fd, log.fd],
        cwd: '/',
      });
      child.on('error', reject);
      child.on('exit', (code) => {
        if (code === 0) resolve();
        else
          reject(
            new Error(
              `${component} could not be started: ${program} ended with ${code ?? 'a signal'}; see ${logFile(component)}`,
            ),
          );
      });
    });
  } finally {
    await log.close();
  }
}

async function isReady(pid: number): Promise<boolean> {
  return access(`/proc/${pid}/root/run/node-ready`, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function waitUntilReady(seconds: number): Promise<number | undefined> {
  const deadline = Date.now() + seconds * 1000;
  while (Date.now() < deadline) {
    const node = await findProcess('node');
    if (node !== undefined && (await isReady(node.pid))) return node.pid;
    await sleep(50);
  }
  return undefined;
}

/** The holder's process id as the host sees it, if the node is there and completely set up. */
export async function findNode(): Promise<number | undefined> {
  const node = await findProcess('node');
  return node !== undefined && (await isReady(node.pid)) ? node.pid : undefined;
}

/** Starts the node unless it is there. */
export async function ensureNode(): Promise<{ pid: number; started: boolean }> {
  if ((await findProcess('node')) !== undefined) {
    // Perhaps a killed command left it half set up: it finishes by itself within a moment, or never will.
    const running = await waitUntilReady(10);
    if (running !== undefined) return { pid: running, started: false };
    await stopProcess('node', 0);
  }
  await mkdir(nodeStatePath('config'), { recursive: true });
  await mkdir(statePath('project'), { recursive: true });
  const namespaces = ['--mount', '--net', '--pid', '--uts', '--ipc', '--fork', '--kill-child', '--propagation', 'private'];
  const script = join(__dirname, 'assemble-root.sh');
  const setup = ['sh', script, statePath(), nodeName, dnsServiceAddress];
  await launch('node', ['setsid', '--fork', 'unshare', ...namespaces, ...setup], { ...markers('node', ''), CSB_PID: '1' });
  const pid = await waitUntilReady(20);
  if (pid === undefined) throw new Error(`the node's namespaces could not be set up; see ${logFile('node')}`);
  return { pid, started: true };
}

/** The words before a command that runs it inside the node. */
export function enter(pid: number): readonly string[] {
  return ['nsenter', '--target', String(pid), '--mount', '--net', '--pid', '--uts', '--ipc', '--'];
}
