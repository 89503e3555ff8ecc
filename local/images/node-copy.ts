/** What the node keeps of images: a tag that has been moved is not asked for again as long as its old image is there. */
import { registryName } from '../addresses';
import { enter } from '../node/holder';
import { run } from '../run';
import type { PlatformImage } from './platform-image';
import { digestOf } from './platform-image';

const ctr = (pid: number): readonly string[] => [...enter(pid), 'ctr', '--namespace', 'k8s.io', 'images'];

/** Has the node forget what an alias named before it was moved; returns whether it had something else by that name. */
export async function forgetMovedAlias(image: PlatformImage, nodePid: number): Promise<boolean> {
  if (image.alias === undefined) return false;
  const name = `${registryName}/${image.repository}:${image.alias}`;
  const [program = '', ...words] = ctr(nodePid);
  const { stdout } = await run(program, [...words, 'list', `name==${name}`]);
  // NAME TYPE DIGEST ..., below a line of titles.
  const digest = stdout.split('\n')[1]?.split(/\s+/)[2];
  if (digest === undefined || digest === '' || digest === digestOf(image)) return false;
  await run(program, [...words, 'remove', '--sync', name]);
  return true;
}
