/** `npm run test:cluster [pattern ...]`: makes the embedded platform if need be, then runs on it the tests that need a real cluster. */
import { execa } from 'execa';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../../local/platform';

const root = join(__dirname, '../..');

/** Files, or folders of them, that run one after the other, beside other lanes. */
type Lane = readonly string[];

interface Stage {
  readonly name: string;
  /** What runs at the same time shares nothing that either changes. The first begin first: what takes longest, so that nothing long is left alone. */
  readonly lanes: readonly Lane[];
  /** How many lanes run at a time. @default - all */
  readonly atOnce?: number;
  /** The folders in it whose tests stand on what `npm start` makes: it runs before. @default - none */
  readonly started?: readonly string[];
  /** It is left out when no pattern is given, and the end says so, with this command. */
  readonly whenAsked?: string;
}

/** One after the other: what needs a cluster that is the environment's must not run beside what takes that away, or kills components of it. */
const stages: readonly Stage[] = [
  {
    name: 'deployment, builds, tools and a rebase',
    lanes: [
      ['rebase'],
      // The one opens a port of the node, the others run `npm start`, which makes the node's rules anew.
      ['deployment/failure', 'tools/drop-in', 'tools/served', 'tools/way-back'],
      ['builds/first-build'],
      ['deployment/reasons'],
      ['deployment/two-at-once'],
      ['deployment/interruption'],
      ['deployment/refusal'],
      ['builds/image-base'],
      ['deployment/aliases'],
      ['deployment/drift'],
      ['deployment/dry-run'],
      ['deployment/texts', 'platform/layers', 'platform/tool-pod', 'registry'],
    ],
    atOnce: 4,
    started: ['rebase', 'tools', 'builds'],
  },
  // Another environment has the cluster meanwhile, and no test here makes an `up` of this one. It takes images that the platform's registry has by now.
  { name: "a cluster of one's own", lanes: [['own-cluster'], ['credentials'], ['provider', 'tools/own-images']] },
  // Its steps but for lock and cluster are in `npm test`; what is left takes CI more minutes than it has.
  { name: 'a new language', lanes: [['languages']], whenAsked: 'npm run test:cluster -- walk-through' },
  { name: 'what is killed comes back', lanes: [['platform/recovery', 'platform/wiping']] },
];

async function start(): Promise<void> {
  await execa('npm', ['start'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly success: boolean;
}

const TESTS = 'test/cluster';

/** All tests, by their paths below {@link TESTS}. */
const all = readdirSync(join(root, TESTS), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'));

/** The files of a lane, of those that one of the patterns matches, or all. */
function filesOf(lane: Lane, patterns: readonly string[] = []): readonly string[] {
  const mine = lane.flatMap((place) => all.filter((file) => file.startsWith(`${place}.`) || file.startsWith(`${place}/`)));
  return patterns.length === 0 ? mine : mine.filter((file) => patterns.some((each) => new RegExp(each).test(file)));
}

/** @throws Error for a test that would never run, or twice at a time */
function checkLanes(): void {
  const listed = stages.flatMap(({ lanes }) => lanes.flatMap((lane) => filesOf(lane)));
  const odd = all.filter((file) => listed.filter((each) => each === file).length !== 1);
  if (odd.length > 0)
    throw new Error(`test/cluster/run.ts: expected is each file in one lane of one stage, but not ${odd.join(', ')}`);
}

async function runStage({ lanes, atOnce = lanes.length }: Stage, patterns: readonly string[]): Promise<readonly Counts[]> {
  await ensurePlatform();
  const counts: Counts[] = [];
  const waiting = lanes
    .map((lane) => filesOf(lane, patterns))
    .filter((files) => files.length > 0)
    .values();
  const worker = async (): Promise<void> => {
    for (const files of waiting) counts.push(await runFiles(files));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return counts;
}

async function runFiles(files: readonly string[]): Promise<Counts> {
  const report = join(mkdtempSync(join(tmpdir(), 'csb-test-')), 'report.json');
  const args = ['--config', `${TESTS}/jest.config.cjs`, '--runInBand', '--json', '--outputFile', report];
  // Jest's JSON goes to the file and, unasked, to standard output; what people read is on standard error.
  await execa('jest', [...args, '--runTestsByPath', ...files.map((file) => join(TESTS, file))], {
    cwd: root,
    preferLocal: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: platformEnvironment(),
    reject: false,
  });
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Counts;
  rmSync(dirname(report), { recursive: true });
  return counts;
}

async function main(): Promise<void> {
  const counts: Counts[] = [];
  const minutes: string[] = [];
  const timed = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const started = Date.now();
    const result = await work;
    minutes.push(`${what} ${((Date.now() - started) / 60_000).toFixed(1)}`);
    return result;
  };
  checkLanes();
  await timed('making the platform', ensurePlatform());
  const patterns = process.argv.slice(2);
  const leftOut = (stage: Stage): boolean => stage.whenAsked !== undefined && patterns.length === 0;
  for (const stage of stages.filter((each) => !leftOut(each))) {
    if (stage.lanes.every((lane) => filesOf(lane, patterns).length === 0)) continue;
    if (filesOf(stage.started ?? [], patterns).length > 0) await timed('npm start', start());
    counts.push(...(await timed(stage.name, runStage(stage, patterns))));
  }
  const sum = (key: Exclude<keyof Counts, 'success'>): number => counts.reduce((total, each) => total + each[key], 0);
  const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
  const skipped = sum('numPendingTests');
  for (const { name, whenAsked } of stages.filter(leftOut)) console.log(`Not run here: ${name}: ${whenAsked ?? ''}`);
  console.log(`minutes: ${minutes.join(', ')}`);
  console.log(`${sum('numPassedTests')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = counts.every(({ success }) => success) && failed === 0 && sum('numPassedTests') > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
