/**
 * `npm run bench -- fleet`: many images put on another run image, by csb-registry, by the lifecycle's rebaser and by pack, one process an image, and by a
 * TaskRun an image; writes docs/bench/fleet.md. Needs the embedded platform, in whose network it has a registry of its own, empty at first.
 * Takes about half an hour.
 */
import { execa } from 'execa';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { ensureBuilt } from '../local/toolchain/build';
import { toolPath } from '../local/toolchain/modules';
import { FleetRegistry, type RunImages } from './fleet/fleet-registry';
import { fleetPage, type MeasuredFleet } from './fleet/page';
import { rebaseByTaskRuns } from './fleet/task-runs';
import { writeGenerated } from './write-generated';

/** How many layers the run image has, and how many of them an update changes: in one piece, and by packages. */
const SHAPES = [
  { layers: 1, changed: 1 },
  { layers: 48, changed: 3 },
] as const;
const SIZES = [10, 100, 1000, 3500];
/** A process an image is not measured of more: the time for each does not change. */
const MOST_PROCESSES = 1000;
/** So many images get a TaskRun each. */
const TASK_RUNS = 20;

/**
 * Measures, and writes docs/bench/fleet.md.
 *
 * @param only - sizes to be measured, such as `100`; then no page is written. @default - all
 */
export async function benchFleet(only: readonly string[] = []): Promise<void> {
  const sizes = only.length === 0 ? SIZES : only.map(Number);
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  await ensureBuilt('pack', console.log);
  let taskRuns = 0;
  const measured: MeasuredFleet[] = [];
  for (const shape of SHAPES) {
    const registry = await FleetRegistry.open();
    try {
      const runs = await registry.runImages(shape.layers, shape.changed);
      await registry.makeImages(runs, Math.max(...sizes));
      for (const images of sizes) {
        const of = await measure(registry, runs, images);
        measured.push({ ...shape, images, ...of });
        console.log(JSON.stringify(measured.at(-1)));
      }
      if (only.length > 0 || shape !== SHAPES.at(-1)) continue;
      taskRuns = await byTaskRuns(registry, runs);
      await registry.mustStand(runs, TASK_RUNS, ['task-run']);
      console.log(JSON.stringify({ taskRuns }));
    } finally {
      await registry.close();
    }
  }
  if (only.length > 0) return;
  const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  writeGenerated(
    'docs/bench/fleet.md',
    fleetPage({
      measured,
      taskRuns: { images: TASK_RUNS, seconds: taskRuns },
      machine,
      date: new Date().toISOString().slice(0, 10),
    }),
  );
}

async function measure(registry: FleetRegistry, runs: RunImages, images: number) {
  const tag = (way: string): string => `${way}-${images}`;
  const ours = await seconds(() => csbRegistry(registry, runs, images, tag('ours'), 'rebased'));
  const again = await seconds(() => csbRegistry(registry, runs, images, tag('ours'), 'found'));
  if (images > MOST_PROCESSES) {
    await registry.mustStand(runs, images, [tag('ours')]);
    return { ours, again };
  }
  const loop = await seconds(() => eachBy(rebaser, registry, runs, images, tag('loop'), 1));
  const eight = await seconds(() => eachBy(rebaser, registry, runs, images, tag('eight'), 8));
  const pack = await seconds(() => eachBy(packRebase, registry, runs, images, tag('pack'), 1));
  const packEight = await seconds(() => eachBy(packRebase, registry, runs, images, tag('pack-eight'), 8));
  await registry.mustStand(runs, images, [tag('ours'), tag('loop'), tag('eight'), tag('pack'), tag('pack-eight')]);
  return { ours, again, loop, eight, pack, packEight };
}

function byTaskRuns(registry: FleetRegistry, runs: RunImages): Promise<number> {
  const images = Array.from({ length: TASK_RUNS }, (_, i) => ({
    from: registry.imageAt(i),
    to: registry.imageAt(i, 'task-run'),
  }));
  return rebaseByTaskRuns(registry, runs.now, images);
}

async function csbRegistry(registry: FleetRegistry, runs: RunImages, images: number, tag: string, made: string): Promise<void> {
  const fleet = await registry.list(images, tag);
  const program = toolPath('csb-registry', 'csb-registry');
  const { stdout } = await execa(program, ['rebase', '--run-image', runs.now, '--fleet', fleet], {
    env: { REGISTRY_PLAIN_HTTP: registry.host },
  });
  const counts = JSON.parse(stdout) as Readonly<Record<string, number>>;
  if (counts[made] !== images) throw new Error(`of ${images} images, these were ${made}: ${stdout}`);
}

/** What puts one image on a run image, in a process of its own. */
type OneImage = (registry: FleetRegistry, runImage: string, from: string, to: string) => Promise<unknown>;

const rebaser: OneImage = ({ host }, runImage, from, to) =>
  execa(toolPath('lifecycle', 'lifecycle'), ['-run-image', runImage, '-previous-image', from, '-report', '/dev/null', to], {
    argv0: 'rebaser',
    env: { CNB_PLATFORM_API: '0.15', CNB_INSECURE_REGISTRIES: host, HOME: '/nonexistent' },
  });

const packRebase: OneImage = (_, runImage, from, to) =>
  execa(toolPath('pack', 'pack'), ['rebase', to, '--publish', '--run-image', runImage, '--previous-image', from], {
    env: { PACK_HOME: join(tmpdir(), 'csb-pack') },
  });

/** As many at a time. */
async function eachBy(
  one: OneImage,
  registry: FleetRegistry,
  { now }: RunImages,
  images: number,
  tag: string,
  workers: number,
): Promise<void> {
  const waiting = Array.from({ length: images }, (_, i) => i).values();
  const worker = async (): Promise<void> => {
    for (const i of waiting) await one(registry, now, registry.imageAt(i), registry.imageAt(i, tag));
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
