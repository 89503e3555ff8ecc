/**
 * One command at a time changes the platform. The lock is a socket in the abstract namespace: the kernel drops it with the
 * process that holds it, so a killed command leaves no stale lock behind, and whoever waits can ask the holder for its name.
 */
import { createHash } from 'node:crypto';
import { createConnection, createServer } from 'node:net';
import type { Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { statePath } from './directories';

function socketName(): string {
  return `\0cloud-services-buildpacks-${createHash('sha256').update(statePath()).digest('hex').slice(0, 16)}`;
}

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
    server.listen(socketName(), () => {
      // A held lock must not keep a finished command from ending.
      server.unref();
      resolve(server);
    });
  });
}

function holder(): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(socketName());
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', () => {
      resolve(text);
    });
    socket.on('close', () => {
      resolve(text);
    });
  });
}

/** Runs `work` while holding the platform's lock; tells `waiting` once who has it when it is taken. */
export async function withLock<T>(command: string, waiting: (holder: string) => void, work: () => Promise<T>): Promise<T> {
  // Elsewhere nothing of the platform runs, so that nobody can be in the way.
  if (process.platform !== 'linux') return work();
  const description = `${command} (process ${process.pid})`;
  let told = false;
  for (;;) {
    const server = await listen(description);
    if (server !== undefined) {
      try {
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
