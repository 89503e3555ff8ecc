/** `npm test`: everything that needs no cluster, on any machine with Node. Ends by naming what it did not run. */
import { execa } from 'execa';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..');

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** A program that not every machine has; without it the check is not run, and named. */
  readonly needs?: string;
}

/** What depends on nothing but the content of files is not looked at again. */
const CACHE = 'node_modules/.cache';

/** What tests write beside, and what tsx makes of their copies of the checkout; it goes with them. */
const temporary = mkdtempSync(join(tmpdir(), 'csb-test-'));
chmodSync(temporary, 0o1777); // apt reads as a user of its own

/** The longest first: two of them run at a time on two cores. */
const checks: readonly Check[] = [
  { name: 'unit and type tests (jest)', command: ['jest', '--maxWorkers', '2'] },
  { name: 'lint (eslint)', command: ['eslint', '.', '--max-warnings', '0'] },
  {
    name: 'types (tsc)',
    command: ['tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', `${CACHE}/tsc.tsbuildinfo`],
  },
  { name: 'docstrings (typedoc)', command: ['typedoc', '--emit', 'none'] },
  {
    name: 'format (prettier)',
    command: [
      'prettier',
      ...['--check', '--log-level', 'warn', '--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/formatted`],
      '.',
    ],
  },
  {
    name: 'floors (dependency-cruiser)',
    command: ['depcruise', '--output-type', 'err', 'main.ts', 'deploy.ts', 'lib', 'languages', 'stacks', 'cli', 'local', 'bench'],
  },
  { name: 'nothing unused (knip)', command: ['knip'] },
  { name: 'dist/ is up to date', command: ['node', '--require', './cli/require.cjs', 'main.ts', '--check'] },
  {
    name: 'shell scripts (shellcheck)',
    command: ['bash', '-c', "git ls-files '*.sh' '*/bin/build' '*/bin/detect' .ci/run | xargs shellcheck"],
    needs: 'shellcheck',
  },
  {
    name: 'what speaks to registries, and a bench (gofmt, go vet, go test)',
    command: [
      'bash',
      '-c',
      'test -z "$(gofmt -l lib bench)" && go vet bench/layers/as-docker-packs.go && cd lib/registry/program && go vet ./... && go test ./...',
    ],
    needs: 'go',
  },
];

type Outcome = 'passed' | 'failed' | 'not run';

/** What a check that passed left out by itself. */
const leftOut: string[] = [];

async function run({ command: [program, ...args], name, needs }: Check): Promise<Outcome> {
  if (needs !== undefined && (await execa('bash', ['-c', `command -v ${needs}`], { reject: false })).failed) return 'not run';
  const started = Date.now();
  const { failed, all } = await execa(program, args, {
    ...{ cwd: root, env: { TMPDIR: temporary } },
    ...{ preferLocal: true, all: true, reject: false },
  });
  console.log(`${failed ? 'FAILED' : 'ok    '} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  const skipped = /^Tests:.* (\d+) skipped/m.exec(all ?? '')?.[1];
  if (skipped !== undefined)
    leftOut.push(
      `${skipped} unit tests that need root, Go, a built CNB lifecycle or one of the platform's Debian packages; their titles say which`,
    );
  if (failed) console.log((all ?? '').replace(/^/gm, '    '));
  return failed ? 'failed' : 'passed';
}

async function main(): Promise<void> {
  const outcomes: Outcome[] = [];
  const waiting = checks.entries();
  const worker = async (): Promise<void> => {
    for (const [i, check] of waiting) outcomes[i] = await run(check);
  };
  try {
    await Promise.all(cpus().map(worker));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  const count = (wanted: Outcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  const notRun = checks
    .filter((_, i) => outcomes[i] === 'not run')
    .map(({ name, needs }) => `${name}: no ${needs ?? ''} on this machine`);
  console.log(
    ['', 'Not run here:', ...notRun, ...leftOut, 'the tests on a real cluster: npm run test:cluster'].join('\n  ').trimStart(),
  );
  console.log(`${count('passed')} passed, ${count('failed')} failed${notRun.length > 0 ? `, ${notRun.length} skipped` : ''}`);
  process.exitCode = count('failed') > 0 ? 1 : 0;
}

void main();
