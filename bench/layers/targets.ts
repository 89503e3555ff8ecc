import { once, sizeOf } from '../stored-layers';
import type { MeasuredLayers } from './measured-layers';
import type { NodeUpdate } from './node-updates';
import { newBytes } from './registry-updates';
import { layersIn, type Style } from './styles';

/** What layers by package were made for: a part of what the legacy images take. */
export interface Target {
  readonly what: string;
  /** At most this part. */
  readonly limit: number;
  readonly legacy: number;
  readonly ours: number;
  readonly unit: 'bytes' | 'seconds';
}

export const partOf = ({ legacy, ours }: Target): number => ours / legacy;
export const holds = (target: Target): boolean => partOf(target) <= target.limit;

/** Of the catalogue, and of an update of openssl. Legacy layers in the registry are as large as Docker packs them. */
export function targetsOf({ images, registryUpdates, nodeUpdates }: MeasuredLayers): readonly Target[] {
  const catalogue = (style: Style): number => sizeOf(once(images.flatMap((image) => layersIn(image, style))));
  const registry = found(registryUpdates, ({ update }) => update === 'openssl');
  const node = (style: Style): NodeUpdate => found(nodeUpdates, (each) => each.update === 'openssl' && each.style === style);
  const [legacy, ours] = [node('umoci').pull, node('ours').pull];
  const bytes = 'bytes' as const;
  return [
    {
      what: 'all images in the registry, each layer once',
      limit: 0.7,
      legacy: catalogue('docker'),
      ours: catalogue('ours'),
      unit: bytes,
    },
    {
      what: 'an openssl update in the registry',
      limit: 0.02,
      legacy: newBytes(registry, 'docker'),
      ours: newBytes(registry, 'ours'),
      unit: bytes,
    },
    { what: 'an openssl update on a node, fetched', limit: 0.02, legacy: legacy.bytes, ours: ours.bytes, unit: bytes },
    { what: 'an openssl update on a node, time', limit: 1 / 20, legacy: legacy.seconds, ours: ours.seconds, unit: 'seconds' },
  ];
}

function found<T>(all: readonly T[], is: (each: T) => boolean): T {
  const one = all.find(is);
  if (one === undefined) throw new Error(`an openssl update was not measured; what was: ${JSON.stringify(all)}`);
  return one;
}
