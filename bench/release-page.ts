import type { FinishedRun } from '../test/cluster/rebase/finished-runs';
import type { SecurityUpdate } from '../test/cluster/rebase/older-packages';
import { megabytes, seconds, table } from './tables';

/** An update of all images of a release, both ways. */
export interface MeasuredRelease {
  readonly date: string;
  readonly machine: string;
  /** Its code name. */
  readonly release: string;
  /** Made backwards: from `after` to `before`. */
  readonly change: SecurityUpdate;
  /** Their names. */
  readonly images: readonly string[];
  /** All of the `up`. */
  readonly runs: readonly FinishedRun[];
  /** When the `up` was called, in milliseconds since 1970. */
  readonly start: number;
  /** Of the whole `up`. */
  readonly seconds: number;
  /** Seconds of processors during that, by who used them. */
  readonly processors: readonly (readonly [who: string, seconds: number])[];
  /** Of layers that the registry had not. */
  readonly bytes: number;
  readonly legacy: { readonly seconds: number; readonly bytes: number };
}

/** What two images took on 2026-11-25, before there were layers by package: 124 s, half of that for each. */
const BEFORE_PER_IMAGE = 62;

/** When images were in the registry, in seconds since `up` was called, the earliest first. */
export function timesOfImages({ runs, images, start }: Pick<MeasuredRelease, 'runs' | 'images' | 'start'>): readonly number[] {
  return runs
    .filter(({ id }) => images.includes(id))
    .map(({ making, ended }) => ((making?.ended ?? ended) - start) / 1000)
    .sort((a, b) => a - b);
}

/** When the last image had been promoted, in seconds since `up` was called. */
const promoted = ({ runs, images, start }: MeasuredRelease): number =>
  Math.max(...runs.filter(({ id }) => images.includes(id)).map(({ ended }) => (ended - start) / 1000));

function targetTable(all: number, { images, legacy }: MeasuredRelease): string {
  const row = (what: string, limit: number, measured: number): string[] => [
    what,
    seconds(limit),
    seconds(measured),
    measured <= limit ? 'holds' : '**does not hold**',
  ];
  return table(
    ['target', 'at most', 'measured', ''],
    [
      row('a third of the time per image of before', BEFORE_PER_IMAGE / 3, all / images.length),
      row('the legacy way, for all of them', legacy.seconds, all),
    ],
  );
}

/** docs/bench/release.md. */
export function releasePage(measured: MeasuredRelease): string {
  const { date, machine, release, change, images, runs, bytes, legacy } = measured;
  const times = timesOfImages(measured);
  const all = times.at(-1) ?? NaN;
  const made = runs.filter((run) => run.made === 'built' && !images.includes(run.id));
  return `# A security update of all images of a release

<!-- Written by \`npm run bench -- release\`; change bench/release-page.ts and measure again. -->

On ${date}: ${change.packages.join(', ')}, of the base of ${release}, ${change.after} -> ${change.before}, which is an update backwards. What a
change of versions costs does not depend on its direction, and the older ones are what no run has made before. In one run, one after the other, on a
machine with ${machine}:

- **ours**: the locks of ${release} changed, \`csb up\` of its families: ${made.length} images of stacks and builders are made, ${images.length} platform
  images rebased, tried and promoted. Counted from the command, with its own start and Pulumi's.
- **legacy**: the same ${images.length} images as their Dockerfiles define them, from nothing, each layer once, with the push
  ([bench/legacy-images.sh](../../bench/legacy-images.sh)); on the machine itself, without a cluster and without a contract. The
  definitions know no smaller update.

The Debian packages come from the platform's own cache for both.

${table(
  ['', 'ours', 'legacy'],
  [
    ['from the changed locks to the first image in the registry', seconds(times[0] ?? NaN), '–'],
    ['to half of the images', seconds(times[Math.ceil(times.length / 2) - 1] ?? NaN), '–'],
    ['to all images in the registry', seconds(all), seconds(legacy.seconds)],
    ['for each image', seconds(all / images.length), seconds(legacy.seconds / images.length)],
    ['to all images tried and promoted', seconds(promoted(measured)), '–'],
    ['the whole `up`, with what the next builds need', seconds(measured.seconds), '–'],
    ['new in the registry', megabytes(bytes), megabytes(legacy.bytes)],
  ],
)}

${targetTable(all, measured)}

What stands against the targets: ${made.length} of the ${made.length + images.length} images are stacks' and builders', and the others stand on them, so that the first is there only after ${seconds(times[0] ?? NaN)}. Each is looked up and
made in pods of its own, and the platform images are tried while others are made still. The legacy way has no pods, and tries nothing. What is spared is bytes.

The time per image of before is that of two images on 2026-11-25, in one layer for each stack: ${BEFORE_PER_IMAGE * 2} s for both. The bytes of the legacy
images are as umoci packs them; [layers.md](layers.md) has them as Docker does.

## Where the time goes

Of the processors, during \`up\`:

${processorTable(measured)}

The legacy way packs the same packages with none of the rest: no pods, no API, nothing is tried, on the machine itself. What an image costs here is the pod that asks, the one that makes
it, those in which it is tried, and the node's own copy of it, whose layers above the first new one are unpacked anew. On more processors more images are made at a time
(cli/engine-settings.ts), which the legacy way does not know.
`;
}

function processorTable({ processors, seconds: whole, images, runs }: MeasuredRelease): string {
  const all = processors.reduce((sum, [, used]) => sum + used, 0);
  const row = (who: string, used: number): string[] => [who, seconds(used), `${((100 * used) / all).toFixed(0)} %`];
  const made = runs.filter(({ made: how }) => how === 'built' || how === 'rebased').length;
  return [
    table(['', 'processor time', ''], [...processors.map(([who, used]) => row(who, used)), row('all', all)]),
    '',
    `That is ${(all / whole).toFixed(1)} processors all the time, and ${seconds(all / made)} for each of ${made} images that were made, of which ${images.length} were tried.`,
  ].join('\n');
}
