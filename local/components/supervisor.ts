/** Starts components, waits until they work, and says why when they do not. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFile, nodeStatePath } from '../directories';
import { enter, launch } from '../node/holder';
import { findProcess, markers, stopProcess } from '../node/processes';
import type { Component } from './component';
import { definitionOf, environmentOf } from './component';

const HEALTHY_WITHIN = 60_000;

/** A component that does not do its work, with what its log says. */
export class ComponentFailure extends Error {
  static async describe(component: string, reason: string): Promise<ComponentFailure> {
    const lines = (await readFile(logFile(component), 'utf8').catch(() => '')).trimEnd().split('\n').slice(-12);
    return new ComponentFailure(
      `${component}: ${reason}\n  its log, ${logFile(component)}, ends with\n${lines.map((line) => `  | ${line.slice(0, 400)}`).join('\n')}`,
    );
  }
}

async function writeFiles(component: Component): Promise<void> {
  for (const { path, content, mode = 0o644 } of component.files) {
    const target = nodeStatePath('config', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { mode });
  }
}

async function start(component: Component, nodePid: number): Promise<void> {
  await writeFiles(component);
  const inside = component.place === 'node' ? enter(nodePid) : [];
  // The shell learns the process id that the component will have, in the pid namespace that it will have it in.
  const command = [...inside, 'setsid', '--fork', 'sh', '-c', 'CSB_PID=$$ exec "$@"', 'sh', ...component.command];
  await launch(component.name, command, {
    ...environmentOf(),
    ...markers(component.name, definitionOf(component)),
  });
}

type Health =
  { readonly state: 'healthy' } | { readonly state: 'ended' } | { readonly state: 'unhealthy'; readonly reason: string };

async function waitUntilHealthy(component: Component, milliseconds: number): Promise<Health> {
  let reason = 'not asked yet';
  const started = Date.now();
  while (Date.now() - started < milliseconds) {
    try {
      await component.probe();
      return { state: 'healthy' };
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    // What has just been launched needs a moment to carry its markers.
    if (Date.now() - started > 1000 && (await findProcess(component.name)) === undefined) return { state: 'ended' };
    await sleep(100);
  }
  return { state: 'unhealthy', reason };
}

/** Makes a component run as defined and work; returns what had to be done. */
export async function ensureComponent(component: Component, nodePid: number): Promise<'unchanged' | 'started' | 'restarted'> {
  const running = await findProcess(component.name);
  if (running?.definition === definitionOf(component)) {
    if ((await waitUntilHealthy(component, 5000)).state === 'healthy') return 'unchanged';
  }
  await stopProcess(component.name);
  for (let attempt = 1; ; attempt++) {
    await start(component, nodePid);
    const health = await waitUntilHealthy(component, HEALTHY_WITHIN);
    if (health.state === 'healthy') return running === undefined ? 'started' : 'restarted';
    await stopProcess(component.name);
    if (attempt < 2) continue;
    const reason = health.state === 'ended' ? 'ends right after its start' : `does not become healthy: ${health.reason}`;
    throw await ComponentFailure.describe(component.name, reason);
  }
}
