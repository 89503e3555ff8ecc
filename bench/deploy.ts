/**
 * How long Pulumi with our adapter takes to deploy, beside kubectl with the same objects: interleaved in one run on one machine; writes
 * docs/bench/deploy.md. Needs the embedded platform.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { ENGINE_SETTINGS } from '../cli/engine-settings';
import { platformEnvironment } from '../local/platform';
import { SmallProject } from '../test/cluster/deployment/small-project';
import { deployPage, type DeployTimes, type Measured } from './deploy-page';
import { type BenchDeclaration, synthesizeBench } from './deploy-program';
import { writeGenerated } from './write-generated';

/** A number of plain objects, or what the repository declares. */
type Size = number | 'own';

/** What is measured how often. */
const REPETITIONS: readonly (readonly [Size, number])[] = [
  ['own', 3],
  [60, 1],
  [200, 1],
  [1000, 1],
];

/**
 * Measures and writes the page.
 *
 * @param only - sizes to be measured, such as `own` and `60`; then no page is written. @default - all
 */
export async function benchDeploy(only: readonly string[] = []): Promise<void> {
  Object.assign(process.env, platformEnvironment());
  const before = loadavg()[0] ?? 0;
  const measured: Measured[] = [];
  for (const [size, count] of REPETITIONS.filter(([each]) => only.length === 0 || only.includes(String(each)))) {
    const times: DeployTimes[] = [];
    for (let repetition = 1; repetition <= count; repetition += 1) {
      times.push(await measureOnce(size));
      console.log(`${size}, repetition ${repetition}: ${JSON.stringify(times.at(-1))}`);
    }
    measured.push({ what: size === 'own' ? `own (${countOf(size)})` : String(size), times });
  }
  if (only.length > 0) return;
  writeGenerated('docs/bench/deploy.md', deployPage(measured, { before, after: loadavg()[0] ?? 0 }));
}

/** kubectl and Pulumi, one after the other, each in an empty namespace. */
async function measureOnce(size: Size): Promise<DeployTimes> {
  const kubectl = measureKubectl(size);
  const pulumi = await measurePulumi(declarationOf(size));
  const empty = await measurePulumi({ what: 'empty', size: countOf(size) });
  return { ...kubectl, ...pulumi, emptyUp: empty.firstUp, emptyPreview: empty.preview };
}

async function measurePulumi(declaration: Declaration): Promise<Pick<DeployTimes, 'firstUp' | 'preview'>> {
  const program = { module: 'bench/deploy-program', name: 'deployBench' };
  const project = new SmallProject('bench-pulumi', ENGINE_SETTINGS, program);
  try {
    project.hand(declaration);
    const firstUp = await timed(() => mustSucceed(project.up()));
    const preview = await timed(() => mustSucceed(project.pulumi('preview', '--expect-no-changes')));
    return { firstUp, preview };
  } finally {
    project.remove();
    // What is still being deleted would slow down what is measured next.
    deleteNamespaces(declaration, 'bench-pulumi');
  }
}

function measureKubectl(size: Size): Pick<DeployTimes, 'apply' | 'diff'> {
  const namespace = 'bench-kubectl';
  const directory = mkdtempSync(join(tmpdir(), 'csb-bench-'));
  const file = join(directory, 'objects.yaml');
  const objects = synthesizeBench({ namespace, ...declarationOf(size) });
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
    deleteNamespaces(declarationOf(size), namespace);
    rmSync(directory, { recursive: true });
  }
}

/** Waits until they are gone: the one that everything is in, and those that are declared. */
function deleteNamespaces(declaration: Declaration, namespace: string): void {
  const declared = synthesizeBench({ namespace, ...declaration }).filter(({ manifest }) => manifest.kind === 'Namespace');
  const names = [namespace, ...declared.map(({ manifest }) => manifest.metadata.name)];
  execFileSync('kubectl', ['delete', 'namespace', ...names, '--ignore-not-found'], { stdio: 'ignore' });
}

type Declaration = BenchDeclaration extends infer Each ? (Each extends unknown ? Omit<Each, 'namespace'> : never) : never;

/** Half ConfigMaps, half Tasks, twenty to a chart. */
function declarationOf(size: Size): Declaration {
  if (size === 'own') return { what: 'own' };
  const charts: Record<string, Record<string, { kind: 'ConfigMap' | 'Task'; name: string }>> = {};
  for (let i = 0; i < size; i += 1) {
    const chart = (charts[`chart${Math.floor(i / 20)}`] ??= {});
    chart[`object${i}`] = { kind: i % 2 === 0 ? 'ConfigMap' : 'Task', name: `object-${i}` };
  }
  return { what: 'small', charts };
}

const countOf = (size: Size): number =>
  size === 'own' ? synthesizeBench({ namespace: 'bench-pulumi', what: 'own' }).length : size;

async function timed(work: () => Promise<void>): Promise<number> {
  const start = Date.now();
  await work();
  return (Date.now() - start) / 1000;
}

async function mustSucceed(command: Promise<{ readonly code: number | null; readonly output: string }>): Promise<void> {
  const { code, output } = await command;
  if (code !== 0) throw new Error(`pulumi ended with ${code}:\n${output.slice(-2000)}`);
}
