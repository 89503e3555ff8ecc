/**
 * `npm run bench -- fleet`: many images put on another run image, by csb-registry, and by the lifecycle's rebaser, one process an image; writes
 * docs/bench/fleet.md. Needs the embedded platform, in whose network it has a registry of its own, empty at first. Takes about twenty minutes.
 */
import { execa } from 'execa';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { buildFolder } from '../local/toolchain/modules';
import { FleetRegistry, type RunImages } from './fleet/fleet-registry';
import { fleetPage, type MeasuredFleet } from './fleet/page';
import { writeGenerated } from './write-generated';

/** How many layers the run image has, and how many of them an update changes: in one piece, and by packages. */
const SHAPES = [
  { layers: 1, changed: 1 },
  { layers: 48, changed: 3 },
] as const;
const SIZES = [10, 100, 1000, 3500];
/** A process an image is not measured of more: the time for each does not change. */
const MOST_PROCESSES = 1000;

/**
 * Measures, and writes docs/bench/fleet.md.
 *
 * @param only - sizes to be measured, such as `100`; then no page is written. @default - all
 */
export async function benchFleet(only: readonly string[] = []): Promise<void> {
  const sizes = only.length === 0 ? SIZES : only.map(Number);
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
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
    } finally {
      await registry.close();
    }
  }
  if (only.length > 0) return;
  const machine = `${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  writeGenerated('docs/bench/fleet.md', fleetPage({ measured, machine, date: new Date().toISOString().slice(0, 10) }));
}

async function measure(registry: FleetRegistry, runs: RunImages, images: number) {
  const tag = (way: string): string => `${way}-${images}`;
  const ours = await seconds(() => csbRegistry(registry, runs, images, tag('ours'), 'rebased'));
  const again = await seconds(() => csbRegistry(registry, runs, images, tag('ours'), 'found'));
  if (images > MOST_PROCESSES) {
    await registry.mustStand(runs, images, [tag('ours')]);
    return { ours, again };
  }
  const loop = await seconds(() => rebasers(registry, runs, images, tag('loop'), 1));
  const eight = await seconds(() => rebasers(registry, runs, images, tag('eight'), 8));
  await registry.mustStand(runs, images, [tag('ours'), tag('loop'), tag('eight')]);
  return { ours, again, loop, eight };
}

async function csbRegistry(registry: FleetRegistry, runs: RunImages, images: number, tag: string, made: string): Promise<void> {
  const fleet = await registry.list(images, tag);
  const program = join(buildFolder('csb-registry'), 'csb-registry');
  const { stdout } = await execa(program, ['rebase', '--run-image', runs.now, '--fleet', fleet], {
    env: { REGISTRY_PLAIN_HTTP: registry.host },
  });
  const counts = JSON.parse(stdout) as Readonly<Record<string, number>>;
  if (counts[made] !== images) throw new Error(`of ${images} images, these were ${made}: ${stdout}`);
}

/** As many at a time. */
async function rebasers(registry: FleetRegistry, runs: RunImages, images: number, tag: string, workers: number): Promise<void> {
  const waiting = Array.from({ length: images }, (_, i) => i).values();
  const worker = async (): Promise<void> => {
    for (const i of waiting) {
      const words = [
        '-run-image',
        runs.now,
        '-previous-image',
        registry.imageAt(i),
        '-report',
        '/dev/null',
        registry.imageAt(i, tag),
      ];
      await execa(join(buildFolder('lifecycle'), 'lifecycle'), words, {
        argv0: 'rebaser',
        env: { CNB_PLATFORM_API: '0.15', CNB_INSECURE_REGISTRIES: registry.host, HOME: '/nonexistent' },
      });
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
