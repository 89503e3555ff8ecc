/** The contract of an image, tried on another image than ours: on the one that the Dockerfiles of the legacy repository define. */
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeclaredImage } from '../cli/declared-images';
import type { Manifest, SynthesizedObject } from '../lib/synth/synthesized';
import { parseRunName } from '../lib/deploy/attempts';
import { kubectl } from '../test/cluster/checkout';

/** What the contract found. */
export interface Verdict {
  /** `17 items passed, 1 failed, 12 do not apply, in 40 seconds` */
  readonly summary: string;
  readonly hasPassed: boolean;
  /** `F1-06-nss`, each once. */
  readonly failed: readonly string[];
}

interface Named {
  readonly name: string;
  readonly value?: unknown;
}

interface Run {
  readonly pipelineRef: Named;
  readonly params: readonly Named[];
  readonly workspaces: readonly Named[];
}

interface PipelineSpec {
  readonly tasks: readonly { readonly name: string; readonly taskRef: Named }[];
}

/** Of what the run of an image tells the task that tries it. */
const TOLD = ['name', 'family', 'contract'];

/** The version of the contract that the run of an image is told. */
export function contractOf({ name, run }: DeclaredImage): string {
  const found = (run.manifest['spec'] as Run).params.find((param) => param.name === 'contract')?.value;
  if (typeof found === 'string') return found;
  throw new Error(`the run of ${name} is told no contract`);
}

/**
 * Tries a reference by the contract that is declared for an image, in a run of the task that tries ours. Its attestation goes into the
 * repository of the reference.
 */
export async function tryContract(
  { name, run }: DeclaredImage,
  reference: string,
  objects: readonly SynthesizedObject[],
): Promise<Verdict> {
  const { params, workspaces, pipelineRef } = run.manifest['spec'] as Run;
  const pipeline = objects.find(({ manifest }) => manifest.kind === 'Pipeline' && manifest.metadata.name === pipelineRef.name);
  const task = (pipeline?.manifest['spec'] as PipelineSpec | undefined)?.tasks.find((each) => each.name === 'contract');
  const { namespace = '' } = run.manifest.metadata;
  if (task === undefined) throw new Error(`the pipeline ${pipelineRef.name} of ${name} has no task 'contract'`);
  const told = params.filter((param) => TOLD.includes(param.name));
  const made = create({
    apiVersion: 'tekton.dev/v1',
    kind: 'TaskRun',
    metadata: { name: `legacy-${parseRunName(run.manifest.metadata.name)?.run ?? name}`.slice(0, 60), namespace },
    spec: {
      taskRef: { name: task.taskRef.name },
      serviceAccountName: 'contract',
      timeout: '30m',
      // Not its first attempt: what passed before is tried again.
      params: [...told, { name: 'image', value: reference }, { name: 'run', value: `legacy-${name}-2` }],
      workspaces,
    },
  });
  const hasPassed = await ended(namespace, made);
  const tried = logOf(namespace, made, 'pods');
  const summary = /\d+ items passed.*/.exec(tried)?.[0];
  if (summary === undefined) throw new Error(`${reference} was not tried to the end:\n${tried}`);
  return { hasPassed, summary, failed: failedIn(logOf(namespace, made, 'attest')) };
}

function create(manifest: Manifest): string {
  const { name, namespace = '' } = manifest.metadata;
  kubectl('delete', 'taskrun', '-n', namespace, name, '--ignore-not-found');
  execFileSync('kubectl', ['create', '-f', '-'], { input: JSON.stringify(manifest), stdio: ['pipe', 'ignore', 'inherit'] });
  return name;
}

async function ended(namespace: string, name: string): Promise<boolean> {
  for (;;) {
    const status = kubectl('get', 'taskrun', '-n', namespace, name, '-o', 'jsonpath={.status.conditions[0].status}');
    if (status === 'True' || status === 'False') return status === 'True';
    await sleep(2000);
  }
}

const logOf = (namespace: string, run: string, step: string): string =>
  kubectl('logs', '-n', namespace, `${run}-pod`, '-c', `step-${step}`, '--tail=-1');

/** The items that failed, as the log of the task's last step says them (driver/failures.jq): `FAILED F1-06-nss, F1-07-locale`. */
export function failedIn(log: string): string[] {
  return [...new Set([...log.matchAll(/^FAILED (.+)$/gm)].flatMap(([, ids = '']) => ids.split(', ')))];
}
