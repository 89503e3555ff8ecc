import { ratio, seconds, table } from '../tables';

/** What was measured of a number of images. Times in seconds. */
export interface MeasuredFleet {
  /** Of the run image. */
  readonly layers: number;
  /** How many of these the new run image has others of. */
  readonly changed: number;
  readonly images: number;
  readonly ours: number;
  /** Ours, once more: nothing to do. */
  readonly again: number;
  /** The lifecycle's rebaser, a process an image, one after the other. Undefined where that was not measured. */
  readonly loop?: number;
  /** The same, 8 at a time. */
  readonly eight?: number;
  /** `pack rebase --publish`, one after the other. */
  readonly pack?: number;
  /** The same, 8 at a time. */
  readonly packEight?: number;
}

/** What issue 7 asks of 2 processors: images, at most so many seconds, and of which column. */
const TARGETS = [
  { what: '1,000 images', images: 1000, of: 'ours', limit: 25 },
  { what: '3,500 images', images: 3500, of: 'ours', limit: 60 },
  { what: '1,000 again', images: 1000, of: 'again', limit: 5 },
] as const;

function targetTable(measured: readonly MeasuredFleet[]): string {
  const rows = TARGETS.flatMap(({ what, images, of, limit }) =>
    measured
      .filter((each) => each.images === images)
      .map((each) => [
        `${what}, run image of ${each.layers}`,
        seconds(limit),
        seconds(each[of]),
        each[of] <= limit ? 'holds' : '**does not hold**',
      ]),
  );
  return table(['target', 'at most', 'measured', ''], rows);
}

function timesTable(measured: readonly MeasuredFleet[]): string {
  const cell = (value: number | undefined): string => (value === undefined ? '–' : seconds(value));
  return table(
    [
      ...['images', 'run image', 'csb-registry', 'again', 'rebaser', 'rebaser, 8 at once', 'pack', 'pack, 8 at once'],
      ...['rebaser : ours', 'quickest of these : ours'],
    ],
    measured.map(({ images, layers, changed, ours, again, loop, eight, pack, packEight }) => [
      images.toLocaleString('en'),
      `${changed} of ${layers} layers`,
      cell(ours),
      cell(again),
      cell(loop),
      cell(eight),
      cell(pack),
      cell(packEight),
      ratio(loop, ours),
      ratio(smallest([loop, eight, pack, packEight]), ours),
    ]),
  );
}

const smallest = (times: readonly (number | undefined)[]): number | undefined =>
  times.reduce((least, each) => (least === undefined || (each ?? Infinity) < least ? each : least), undefined);

/** docs/bench/fleet.md. */
export function fleetPage({
  measured,
  taskRuns,
  machine,
  date,
}: {
  readonly measured: readonly MeasuredFleet[];
  /** A TaskRun an image. */
  readonly taskRuns: { readonly images: number; readonly seconds: number };
  readonly machine: string;
  readonly date: string;
}): string {
  return `# Many images on another run image

<!-- Written by \`npm run bench -- fleet\`; change bench/fleet/page.ts and measure again. -->

On ${date}, on a machine with ${machine}, with the whole platform on it: images of one shape, each in a repository of its own, in one registry without
TLS and credentials, put on another run image, one way after the other. Each image was read back, from the registry, after all were written: the new run
image's layers, above them those that it had, and the same digest whoever wrote it.

- **csb-registry**: \`csb-registry rebase\`, one process, 16 images at a time. The lifecycle's own Rebaser decides and computes
  (its \`phase\` package); reading and writing is ours. It reads each manifest back as well.
- **rebaser**: the lifecycle's program, a process an image.
- **pack**: \`pack rebase --publish\`, a process an image.

The registry is docker-registry 2.8, as Debian has it. It and csb-registry collect garbage when there is five times as much memory as is in use, as a program that
serves or makes many should; the lifecycle's and pack, whose processes end after one image, as Go does it by itself.

${targetTable(measured)}

${timesTable(measured)}

**A pod an image** is how controllers rebase that look at each image by itself. ${taskRuns.images} TaskRuns of csb-registry on the run image of more layers, all begun at once on this
platform, took ${seconds(taskRuns.seconds)}, ${seconds(taskRuns.seconds / taskRuns.images)} an image, until all had ended; 1,000 would take
${Math.round(((taskRuns.seconds / taskRuns.images) * 1000) / 60)} minutes (extrapolated, not measured). So a fleet is one pod here.

**Building them again**, in place of a rebase, is measured of two images, in [rebase.md](../rebase.md#measured).

What it costs is requests: ours are seven an image (is it there; manifest, configuration; two for the new configuration; manifest, and that read back), and one for
each layer that is new, however many layers there are. They are proportional to the images. A registry that gives tokens, such as Harbor, is asked for two more of each
repository, which is not measured here.
`;
}
