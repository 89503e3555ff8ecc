/** `npm run test:cluster [pattern ...]`: makes the embedded platform if need be, then runs on it the tests that need a real cluster. */
import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../../local/platform';

const root = join(__dirname, '../..');

/** Folders whose files run one after the other, beside other lanes. */
type Lane = readonly string[];

interface Stage {
  readonly name: string;
  /** What runs at the same time shares nothing that either changes. */
  readonly lanes: readonly Lane[];
  /** How many files of a lane run at a time. @default 1 */
  readonly workers?: number;
  /** Its tests stand on what `npm start` makes: it runs before. */
  readonly started?: true;
  /** It is left out when no pattern is given, and the end says so, with this command. */
  readonly whenAsked?: string;
}

/**
 * One after the other: what needs a cluster that is the environment's must not run beside what takes that away, or kills components of it; nor
 * what opens a port of the node beside `npm start`, which makes the node's rules anew.
 */
const stages: readonly Stage[] = [
  { name: 'deployment', lanes: [['deployment']], workers: 3 },
  { name: 'builds, tools and a rebase', lanes: [['builds'], ['tools'], ['rebase']], started: true },
  // Another environment has the cluster meanwhile. It takes images that the platform's registry has by now.
  { name: "a cluster of one's own", lanes: [['own-cluster'], ['credentials'], ['provider']] },
  // Its steps but for lock and cluster are in `npm test`; what is left takes CI more minutes than it has.
  { name: 'a new language', lanes: [['languages']], whenAsked: 'npm run test:cluster -- walk-through' },
  { name: 'platform', lanes: [['platform']] },
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

async function runStage({ lanes, workers = 1 }: Stage, patterns: readonly string[]): Promise<readonly Counts[]> {
  await ensurePlatform();
  return Promise.all(lanes.map((lane) => runFiles(lane, workers, patterns)));
}

const CONFIG = ['--config', 'test/cluster/jest.config.cjs'];

/** What Jest takes the files of folders by: all, or those that a pattern matches. */
function pathsOf(lane: Lane, patterns: readonly string[]): string[] {
  const folders = lane.map((each) => `test/cluster/${each}/`);
  return patterns.length === 0 ? folders : folders.flatMap((folder) => patterns.map((each) => `${folder}.*${each}`));
}

async function hasFiles({ lanes }: Stage, patterns: readonly string[]): Promise<boolean> {
  const paths = pathsOf(lanes.flat(), patterns);
  const { stdout } = await execa('jest', [...CONFIG, '--listTests', ...paths], { cwd: root, preferLocal: true });
  return stdout.trim() !== '';
}

async function runFiles(lane: Lane, workers: number, patterns: readonly string[]): Promise<Counts> {
  const report = join(mkdtempSync(join(tmpdir(), 'csb-test-')), 'report.json');
  const args = [...CONFIG, '--maxWorkers', String(workers), '--passWithNoTests', '--json', '--outputFile', report];
  // Jest's JSON goes to the file and, unasked, to standard output; what people read is on standard error.
  await execa('jest', [...args, ...pathsOf(lane, patterns)], {
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
  await timed('making the platform', ensurePlatform());
  const patterns = process.argv.slice(2);
  const leftOut = (stage: Stage): boolean => stage.whenAsked !== undefined && patterns.length === 0;
  for (const stage of stages.filter((each) => !leftOut(each))) {
    if (patterns.length > 0 && !(await hasFiles(stage, patterns))) continue;
    if (stage.started) await timed('npm start', start());
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
