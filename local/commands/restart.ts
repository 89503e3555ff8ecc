/** `restart`: one component, or the whole node. */
import { allComponents, componentNames } from '../components/all';
import { ensureComponent } from '../components/supervisor';
import { withLock } from '../lock';
import { findNode } from '../node/holder';
import { stopProcess } from '../node/processes';
import { stopPlatform, waiting } from './down';
import { ensurePlatform } from './up';

export async function restart(name: string): Promise<void> {
  if (name === 'node') {
    await withLock('restart node', waiting, stopPlatform);
    await ensurePlatform();
    return;
  }
  if (!componentNames.some((known) => known === name)) {
    throw new Error(`no component is called "${name}"; there are node, ${componentNames.join(', ')}`);
  }
  await withLock(`restart ${name}`, waiting, async () => {
    const pid = await findNode();
    const component = (await allComponents()).find((candidate) => candidate.name === name);
    if (pid === undefined || component === undefined)
      throw new Error('the node is not running; start it with: npm run local -- up');
    const wasRunning = await stopProcess(name);
    await ensureComponent(component, pid);
    console.log(`${name} ${wasRunning ? 'restarted' : 'started'} and healthy.`);
  });
}
