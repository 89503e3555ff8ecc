/**
 * How long Pulumi with our adapter takes to deploy, beside kubectl with the same objects: interleaved in one run on one machine; writes
 * docs/bench/deploy.md. Needs the embedded platform.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { ENGINE_SETTINGS } from '../cli/engine-settings';
import { platformEnvironment } from '../local/platform';
import type { SmallDeclaration } from '../test/cluster/deployment/small-program';
import { synthesizeSmall } from '../test/cluster/deployment/small-program';
import { SmallProject } from '../test/cluster/deployment/small-project';
import { median } from './median';
import { ratio, seconds, table } from './tables';

/** Seconds of one repetition. */
export interface DeployTimes {
  readonly apply: number;
  readonly firstUp: number;
  readonly diff: number;
  readonly preview: number;
}

export interface DeployBenchOptions {
  /** How often for how many objects. @default 200 three times, 1,000 once */
  readonly repetitions?: Readonly<Record<number, number>>;
}

/** Measures and writes the page. */
export async function benchDeploy({ repetitions = { 200: 3, 1000: 1 } }: DeployBenchOptions = {}): Promise<void> {
  Object.assign(process.env, platformEnvironment());
  const load = loadavg()[0] ?? 0;
  const measured = new Map<number, DeployTimes[]>();
  for (const [size, count] of Object.entries(repetitions).map(([key, times]) => [Number(key), times] as const)) {
    const all: DeployTimes[] = [];
    for (let repetition = 1; repetition <= count; repetition += 1) {
      const times = await measureOnce(size);
      all.push(times);
      console.log(`${size} objects, repetition ${repetition}: ${JSON.stringify(times)}`);
    }
    measured.set(size, all);
  }
  const directory = join(__dirname, '../docs/bench');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'deploy.md'), deployPage(measured, load));
}

/** kubectl and Pulumi, one after the other, each in an empty namespace. */
export async function measureOnce(size: number, environment: NodeJS.ProcessEnv = ENGINE_SETTINGS): Promise<DeployTimes> {
  const kubectl = measureKubectl(size);
  const project = new SmallProject('bench-pulumi', environment);
  try {
    project.declare(declarationOf(size));
    const firstUp = await timed(() => mustSucceed(project.up()));
    const preview = await timed(() => mustSucceed(project.pulumi('preview', '--expect-no-changes')));
    return { ...kubectl, firstUp, preview };
  } finally {
    project.remove();
    await gone('bench-pulumi');
  }
}

function measureKubectl(size: number): Pick<DeployTimes, 'apply' | 'diff'> {
  const namespace = 'bench-kubectl';
  const directory = mkdtempSync(join(tmpdir(), 'csb-bench-'));
  const file = join(directory, 'objects.yaml');
  const objects = synthesizeSmall({ namespace, ...declarationOf(size) });
  writeFileSync(file, objects.map(({ manifest }) => `---\n${dump(manifest)}`).join(''));
  execFileSync('kubectl', ['create', 'namespace', namespace], { stdio: 'ignore' });
  try {
    const run = (...args: readonly string[]): number => {
      const start = Date.now();
      const { status, stderr } = spawnSync('kubectl', [...args, '-f', file], { maxBuffer: 64 << 20, encoding: 'utf8' });
      if (status !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${status}: ${stderr.slice(-500)}`);
      return (Date.now() - start) / 1000;
    };
    return {
      apply: run('apply', '--server-side', '--field-manager=bench'),
      diff: run('diff', '--server-side', '--field-manager=bench'),
    };
  } finally {
    execFileSync('kubectl', ['delete', 'namespace', namespace], { stdio: 'ignore' });
    rmSync(directory, { recursive: true });
  }
}

/** Half ConfigMaps, half Tasks, twenty to a chart. */
function declarationOf(size: number): Omit<SmallDeclaration, 'namespace'> {
  const charts: Record<string, Record<string, { kind: 'ConfigMap' | 'Task'; name: string }>> = {};
  for (let i = 0; i < size; i += 1) {
    const chart = (charts[`chart${Math.floor(i / 20)}`] ??= {});
    chart[`object${i}`] = { kind: i % 2 === 0 ? 'ConfigMap' : 'Task', name: `object-${i}` };
  }
  return { charts };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = Date.now();
  await work();
  return (Date.now() - start) / 1000;
}

async function mustSucceed(command: Promise<{ readonly code: number | null; readonly output: string }>): Promise<void> {
  const { code, output } = await command;
  if (code !== 0) throw new Error(`pulumi ended with ${code}:\n${output.slice(-2000)}`);
}

/** What is still being deleted would slow down what is measured next. */
async function gone(namespace: string): Promise<void> {
  execFileSync('kubectl', ['wait', '--for=delete', `namespace/${namespace}`, '--timeout=300s'], { stdio: 'ignore' });
  await Promise.resolve();
}

function deployPage(measured: ReadonlyMap<number, readonly DeployTimes[]>, load: number): string {
  const rows = [...measured].map(([size, times]) => {
    const of = (key: keyof DeployTimes): number => median(times.map((each) => each[key]));
    const [apply, up, diff, preview] = [of('apply'), of('firstUp'), of('diff'), of('preview')];
    const cells = [seconds(apply), seconds(up), ratio(up, apply), seconds(diff), seconds(preview), ratio(preview, diff)];
    return [`${size}, ${times.length === 1 ? 'measured once' : `${times.length} repetitions`}`, ...cells];
  });
  const settings = Object.entries<string>(ENGINE_SETTINGS).map(([key, value]) => `\`${key}=${value}\``);
  const head = ['objects', '`kubectl apply`', 'first `up`', 'times', '`kubectl diff`', 'no-op preview', 'times'];
  return `# How long a deployment takes

Written by \`npm run bench -- deploy\`. Do not edit it.

${table(head, rows)}

Half of the objects are ConfigMaps, half Tekton Tasks, in a namespace and a Pulumi backend (file) of their own. Each repetition measures kubectl
and Pulumi one after the other: \`kubectl apply --server-side\`, \`kubectl diff --server-side\`, \`pulumi up\`, \`pulumi preview\`, with our adapter and the
check of what exists. Settings: ${settings.join(', ')}.

Targets: a first \`up\` within three times \`kubectl apply\`; at 1,000 objects, a preview without changes no slower
than \`kubectl diff\`.

Machine: ${cpus().length} cores (${cpus()[0]?.model.trim() ?? '?'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, with API server, etcd and Tekton on it; its load
was ${load.toFixed(1)} when the run began.
`;
}
