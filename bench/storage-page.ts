import type { Layer } from '../test/cluster/rebase/registry-content';
import type { Verdict } from './legacy-contract';
import { once, sizeOf } from './stored-layers';
import { megabytes, ratio, table } from './tables';

/** An image, made the legacy way and ours. */
export interface Stored {
  readonly name: string;
  readonly legacy: readonly Layer[];
  readonly ours: readonly Layer[];
  /** The packages of its Dockerfile that Debian does not have. */
  readonly without: readonly string[];
  /** Of the legacy one, where it was tried. */
  readonly verdict?: Verdict;
}

interface MeasuredStorage {
  readonly stored: readonly Stored[];
  /** Of base images, run images, build images, runtimes and builders. */
  readonly toMake: readonly Layer[];
  readonly machine: string;
  readonly date: string;
}

/** docs/bench/storage.md. */
export function storagePage({ stored, toMake, machine, date }: MeasuredStorage): string {
  const [legacy, ours] = [stored.flatMap((each) => each.legacy), stored.flatMap((each) => each.ours)];
  const tried = stored.filter(({ verdict }) => verdict);
  const passed = tried.filter(({ verdict }) => verdict?.hasPassed);
  return `# The catalogue in a registry, and the legacy one

<!-- Written by \`npm run bench -- storage\`; change bench/storage-page.ts and measure again. -->

On ${date}, ${stored.length} images made the legacy way ([bench/legacy-images.sh](../../bench/legacy-images.sh)) and ours, in one registry: all layers, each once,
as they are stored, compressed.

${table(
  ['', 'legacy', 'ours', 'ours : legacy'],
  [
    [
      'all images, each layer once',
      megabytes(sizeOf(once(legacy))),
      megabytes(sizeOf(once(ours))),
      ratio(sizeOf(once(ours)), sizeOf(once(legacy)), 2),
    ],
    ['all images, each by itself', megabytes(sizeOf(legacy)), megabytes(sizeOf(ours)), ratio(sizeOf(ours), sizeOf(legacy), 2)],
    ['and all that ours are made from', '–', megabytes(sizeOf(once([...ours, ...toMake]))), '–'],
    ['layers', String(once(legacy).length), String(once(ours).length), '–'],
  ],
)}

An image of ours is made in pods, from a build image, runtimes and a builder, which the registry has as well, and no node of tools fetches. The
legacy images here have our \`webservice-runner\`, since theirs is in no package; node16 is left out, whose Node is in no package of Debian.

## Each image

${table(
  ['image', 'legacy', 'ours', 'ours : legacy', 'layers', ''],
  stored.map((each) => [
    each.name,
    megabytes(sizeOf(each.legacy)),
    megabytes(sizeOf(each.ours)),
    ratio(sizeOf(each.ours), sizeOf(each.legacy), 2),
    `${each.legacy.length}, ${each.ours.length}`,
    each.without.length === 0 ? '' : `left out of legacy: ${each.without.join(', ')}`,
  ]),
)}

## The contract of the legacy images

One image of each family, that for webservices where there is one, by the contract that ours have passed: ${passed.length} of ${tried.length} pass.

${table(
  ['image', 'contract', 'what fails'],
  tried.map(({ name, verdict }) => [name, verdict?.summary ?? '', verdict?.failed.join(', ') ?? '']),
)}

Machine: ${machine}, with the whole platform on it.
`;
}
