/** `npm run test:cluster [pattern ...]`: makes the embedded platform if need be, then runs on it the tests that need a real cluster. */
import { execa } from 'execa';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../../local/platform';

const root = join(__dirname, '../..');

/** Files of some directories, so many at a time. */
interface Lane {
  readonly directories: readonly string[];
  readonly workers: number;
}

interface Stage {
  readonly name: string;
  /** They run at the same time: each has what is its own, and moves no tag of another. */
  readonly lanes: readonly Lane[];
  /** It is left out when no pattern is given, and the end says so, with this command. */
  readonly whenAsked?: string;
}

/**
 * One after the other: what kills components must not run beside what needs them, and what makes images for a registry of its own takes what
 * the platform's has by then. Most of a file's time is waiting for pods, so that four at a time keep two processors busy.
 */
const stages = [
  {
    name: 'side by side',
    lanes: [
      { directories: ['provider', 'deployment', 'credentials'], workers: 2 },
      // They share the tools of the platform.
      { directories: ['tools'], workers: 1 },
      { directories: ['rebase'], workers: 1 },
    ],
  },
  { name: 'disturbing', lanes: [{ directories: ['disturbing'], workers: 1 }] },
  // Its steps but for lock and cluster are in `npm test`; what is left takes CI more minutes than it has.
  {
    name: 'a new language',
    lanes: [{ directories: ['languages'], workers: 1 }],
    whenAsked: 'npm run test:cluster -- walk-through',
  },
  { name: 'platform', lanes: [{ directories: ['platform'], workers: 1 }] },
] as const satisfies readonly Stage[];

/** What the first stage stands on, of which each lane would make its own otherwise. */
async function makeImages(): Promise<boolean> {
  const { exitCode } = await execa('npm', ['start'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], reject: false });
  return exitCode === 0;
}

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly success: boolean;
}

async function runStage({ lanes }: Stage, patterns: readonly string[]): Promise<readonly Counts[]> {
  await ensurePlatform();
  return Promise.all(lanes.map((lane) => runFiles(lane, patterns)));
}

async function runFiles({ directories, workers }: Lane, patterns: readonly string[]): Promise<Counts> {
  const report = join(mkdtempSync(join(tmpdir(), 'csb-test-')), 'report.json');
  const folders = directories.map((each) => `test/cluster/${each}/`);
  const paths = patterns.length === 0 ? folders : folders.flatMap((folder) => patterns.map((each) => `${folder}.*${each}`));
  const args = [
    '--config',
    'test/cluster/jest.config.cjs',
    '--maxWorkers',
    String(workers),
    '--passWithNoTests',
    '--json',
    '--outputFile',
    report,
  ];
  // Jest's JSON goes to the file and, unasked, to standard output; what people read is on standard error.
  await execa('jest', [...args, ...paths], {
    cwd: root,
    preferLocal: true,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: platformEnvironment(),
    reject: false,
  });
  return JSON.parse(readFileSync(report, 'utf8')) as Counts;
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
  const all: readonly Stage[] = stages;
  // Many tests need no image: what they say is worth the minutes.
  const hasImages = patterns.length > 0 || (await timed('making images', makeImages()));
  if (!hasImages) console.log('`npm start` failed: see above');
  for (const stage of all.filter((each) => !leftOut(each))) counts.push(...(await timed(stage.name, runStage(stage, patterns))));
  const sum = (key: Exclude<keyof Counts, 'success'>): number => counts.reduce((total, each) => total + each[key], 0);
  const failed = sum('numFailedTests') + sum('numRuntimeErrorTestSuites');
  const skipped = sum('numPendingTests');
  for (const { name, whenAsked } of all.filter(leftOut)) console.log(`Not run here: ${name}: ${whenAsked ?? ''}`);
  console.log(`minutes: ${minutes.join(', ')}`);
  console.log(`${sum('numPassedTests')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = hasImages && counts.every(({ success }) => success) && failed === 0 && sum('numPassedTests') > 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
