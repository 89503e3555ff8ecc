import * as pulumi from '@pulumi/pulumi';
import { IMAGE_ANNOTATION, LASTING_ANNOTATION } from '../tekton/pipeline-run';
import type { Manifest } from '../synth/synthesized';
import type { DeployedAttempt } from './attempts';
import { refusal } from './refusal';
import { type Condition, successOf } from './run-evidence';
import { type Explain, failureText } from './run-failure';

/** The part of a PipelineRun's status that says how it ended. @see https://tekton.dev/docs/pipelines/pipelineruns/#monitoring-execution-status */
export interface RunStatus {
  readonly conditions?: readonly Condition[];
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly results?: readonly { readonly name: string; readonly value: string }[];
}

interface RunMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RunResource extends pulumi.CustomResource {
  readonly metadata: pulumi.Output<RunMetadata>;
  readonly status: pulumi.Output<RunStatus | undefined>;
}

/** Whether an object is a run, whose end is waited for. */
export function isRun(manifest: Manifest): boolean {
  return manifest.kind === 'PipelineRun';
}

/**
 * How Pulumi treats a run: waits for its end, however it ends (waiting for success never sees a failure, pulumi-kubernetes#4428), and
 * keeps the attempt that the state holds unless another was asked for.
 */
export function runOptions(manifest: Manifest, attempt: DeployedAttempt): pulumi.CustomResourceOptions {
  const { timeouts } = manifest['spec'] as { timeouts: { pipeline: string } };
  // Tekton ends the run at its own limit; half as long again for scheduling and clean-up means that the cluster itself is stuck.
  const timeout = `${Math.ceil(minutes(timeouts.pipeline) * 1.5)}m`;
  return {
    customTimeouts: { create: timeout, update: timeout },
    ...(!attempt.wanted && { ignoreChanges: ['metadata.name'] }),
  };
}

/** The annotation by which the provider waits for a run. */
export const RUN_ANNOTATIONS = { 'pulumi.com/waitFor': 'jsonpath={.status.completionTime}' };

/** What runs have left that need not be made again (`Lasting`): those that ended well. */
export function madeBy(runs: readonly Manifest[]): ReadonlySet<string> {
  const succeeded = runs.filter((run) => successOf(run['status'] as RunStatus | undefined)?.status === 'True');
  return new Set(succeeded.flatMap(({ metadata }) => metadata.annotations?.[LASTING_ANNOTATION] ?? []));
}

/** How a run ended well. */
export interface RunOutcome {
  readonly run: string;
  /** The image reference, with the digest that the run reported. */
  readonly image: string;
  /** 'built', 'rebased', or 'found' when the registry had it already. */
  readonly made: string;
  readonly seconds: number;
}

/** The outcome of a run's resource. A run that failed rejects it, which fails the deployment and holds back what depends on it. */
export function outcomeOf(resource: pulumi.CustomResource, explain: Explain): pulumi.Output<RunOutcome> {
  const { metadata, status } = resource as RunResource;
  return pulumi.all([metadata, status]).apply(([run, ended]) => conclude(run, ended, explain));
}

/**
 * What a run's status says of its end.
 *
 * @throws RunError with reason, the failing step's last lines and what to do, when it did not succeed
 */
export async function conclude(run: RunMetadata, ended: RunStatus | undefined, explain: Explain): Promise<RunOutcome> {
  const succeeded = successOf(ended);
  if (succeeded?.status !== 'True') throw refusal(await failureText(run, succeeded, explain));
  const result = (name: string): string => ended?.results?.find((each) => each.name === name)?.value ?? '';
  const image = run.annotations?.[IMAGE_ANNOTATION] ?? '';
  return {
    run: run.name,
    // One that is pinned is named by its digest already, and what makes no image has none.
    image: image.includes('@') || image === '' ? image : `${image}@${result('digest') || result('found')}`,
    made: result('made'),
    seconds: (Date.parse(ended?.completionTime ?? '') - Date.parse(ended?.startTime ?? '')) / 1000,
  };
}

function minutes(goDuration: string): number {
  const parsed = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/.exec(goDuration);
  if (parsed === null) throw new Error(`the timeout '${goDuration}' is not of the form 1h30m0s`);
  const [, hours = '0', mins = '0', seconds = '0', millis = '0'] = parsed;
  return Number(hours) * 60 + Number(mins) + Number(seconds) / 60 + Number(millis) / 60_000;
}
