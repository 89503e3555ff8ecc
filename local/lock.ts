/**
 * One command at a time changes the platform. The lock is a socket in the abstract namespace: the kernel drops it with the
 * process that holds it, so a killed command leaves no stale lock behind, and whoever waits can ask the holder for its name.
 */
import { createConnection, createServer } from 'node:net';
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { statePath } from './directories';
import { refuseOtherPlatform } from './node/processes';

// One for the machine, as the interface and the control groups are; abstract names belong to a network namespace, as interfaces do.
const SOCKET = '\0cloud-services-buildpacks';

function listen(description: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end(description);
    });
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(SOCKET, () => {
      // A held lock must not keep a finished command from ending.
      server.unref();
      resolve(server);
    });
  });
}

function holder(): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(SOCKET);
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => {
      resolve(text);
    });
    socket.on('close', () => {
      resolve(text);
    });
  });
}

/** Runs `work` while holding the machine's lock, unless another platform runs on it; tells `waiting` once who has it when it is taken. */
export async function withLock<T>(command: string, waiting: (holder: string) => void, work: () => Promise<T>): Promise<T> {
  // Elsewhere nothing of the platform runs, so that nobody can be in the way.
  if (process.platform !== 'linux') return work();
  const description = `${command} (process ${process.pid}, state directory ${statePath()})`;
  let told = false;
  for (;;) {
    const server = await listen(description);
    if (server !== undefined) {
      try {
        await refuseOtherPlatform();
        return await work();
      } finally {
        server.close();
      }
    }
    if (!told) {
      const name = await holder();
      if (name !== '') {
        waiting(name);
        told = true;
      }
    }
    await sleep(300);
  }
}
