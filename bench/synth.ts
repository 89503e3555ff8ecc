import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median';
import { type Medians, type SynthMeasurement, synthPage, type Way } from './synth-page';
import { writeGenerated } from './write-generated';

const root = join(__dirname, '..');
const SIZES = [100, 1000, 10_000];
const REPETITIONS = 5;
const LIMIT_SECONDS = 20;

/** Measures synthesis beside cdk8s' own and the floor, and writes docs/bench/synth.md. */
export function benchSynth(): void {
  const [before = 0] = loadavg();
  const work = mkdtempSync(join(tmpdir(), 'csb-bench-'));
  try {
    const sizes = new Map(SIZES.map((objects) => [objects, measureSize(objects, join(work, `${objects}.json`))]));
    writeGenerated(
      'docs/bench/synth.md',
      synthPage({
        sizes,
        repetitions: REPETITIONS,
        limit: LIMIT_SECONDS,
        machine: `${cpus().length} processors, Node ${process.versions.node}`,
        load: busy(before),
        date: new Date().toISOString().slice(0, 10),
      }),
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

function busy(load: number): string {
  if (load < 0.5) return 'Nothing else ran.';
  return `The machine was busy with other work (load ${load.toFixed(1)} before), which processor time hardly shows.`;
}

function measureSize(objects: number, finished: string): Medians {
  measure('finish', objects, finished);
  const all = new Map<Way, (SynthMeasurement | undefined)[]>();
  for (let n = 0; n < REPETITIONS; n++)
    for (const way of ['ours', 'floor', 'cdk8s-unchained', 'cdk8s'] as const) {
      const earlier = all.get(way) ?? [];
      // What was stopped once would be stopped again.
      if (earlier.includes(undefined)) continue;
      all.set(way, [...earlier, measure(way, objects, finished)]);
    }
  return Object.fromEntries(
    [...all].map(([way, each]) => [way, medians(each)]).filter(([, found]) => found !== undefined),
  ) as Medians;
}

/** One measurement in a process of its own; undefined when it took too long. */
function measure(way: Way, objects: number, finished: string): SynthMeasurement | undefined {
  const { stdout, stderr, status, error } = spawnSync(
    process.execPath,
    ['--require', './cli/require.cjs', join(root, 'bench/synth-measured.ts'), way, String(objects), finished],
    { cwd: root, encoding: 'utf8', timeout: LIMIT_SECONDS * 1000, killSignal: 'SIGKILL' },
  );
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ETIMEDOUT') return undefined;
  if (status !== 0) throw new Error(`measuring ${way} of ${objects} objects failed: ${stderr || String(error)}`);
  const measured = JSON.parse(stdout) as SynthMeasurement;
  console.log(`${way} ${objects}: ${measured.seconds.toFixed(3)} s`);
  return measured;
}

function medians(each: readonly (SynthMeasurement | undefined)[]): SynthMeasurement | undefined {
  const done = each.filter((one) => one !== undefined);
  if (done.length < each.length) return undefined;
  return { seconds: median(done.map(({ seconds }) => seconds)), peak: median(done.map(({ peak }) => peak)) };
}
