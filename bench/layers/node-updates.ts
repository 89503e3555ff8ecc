import { median } from '../median';
import { changedLayers, type PackagedLayer } from './changed-layers';
import { PullingNode, type Pull } from './node';
import type { PackageUpdate } from './package-updates';
import type { Style } from './styles';
import { type Place, pushUpdated } from './updated-image';

/** An image in one style, as it is pulled and updated. */
export interface UpdatedImage {
  /** `python311-sssd-web` */
  readonly name: string;
  readonly style: Style;
  readonly place: Place;
  readonly layers: readonly PackagedLayer[];
}

/** An update as a node gets it. */
export interface NodeUpdate {
  readonly update: string;
  readonly style: Style;
  /** The image as it is, on a node that has nothing. */
  readonly whole: Pull;
  /** The updated one, on the node that has that: the median of the seconds. */
  readonly pull: Pull;
  /** How many layers it changes, and of how many. */
  readonly changed: number;
  readonly layers: number;
}

/** Of each updated image. The first pull finds the disk busy with what was pushed. */
const PULLS = 3;

/** Pulls an image on a new node, and then as it is after each of some updates. What changes the same layers is measured once. */
export async function measureOnNode(
  image: UpdatedImage,
  updates: readonly PackageUpdate[],
  interrupted: AbortSignal,
): Promise<readonly NodeUpdate[]> {
  const { name, style, place, layers } = image;
  const node = await PullingNode.start(interrupted);
  try {
    const whole = await node.pull(place);
    console.log(`  ${name}, ${style}: ${whole.seconds.toFixed(1)} s`);
    const measured = new Map<string, Pull>();
    const found: NodeUpdate[] = [];
    for (const [i, update] of updates.entries()) {
      const changed = changedLayers(style, layers, update);
      const key = changed.map(({ digest }) => digest).join(' ');
      const updated = (): Promise<Place> => pushUpdated(place, changed, `${name}-${style}-${i}`, interrupted);
      const pull = measured.get(key) ?? (await pullUpdated(node, await updated()));
      measured.set(key, pull);
      console.log(`  ${name}, ${style}, ${update.name}: ${pull.seconds.toFixed(1)} s`);
      found.push({ update: update.name, style, whole, pull, changed: changed.length, layers: layers.length });
    }
    return found;
  } finally {
    await node.remove();
  }
}

async function pullUpdated(node: PullingNode, updated: Place): Promise<Pull> {
  const pulls: Pull[] = [];
  for (let i = 0; i < PULLS; i += 1) {
    pulls.push(await node.pull(updated));
    await node.forget(updated);
  }
  return { seconds: median(pulls.map(({ seconds }) => seconds)), bytes: median(pulls.map(({ bytes }) => bytes)) };
}
