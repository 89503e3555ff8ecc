import * as pulumi from '@pulumi/pulumi';
import { IMAGE_ANNOTATION } from '../tekton/pipeline-run';
import type { Manifest } from '../synth/synthesized';
import type { Attempt } from './attempts';
import { refusal } from './refusal';

/** The part of a PipelineRun's status that says how it ended. @see https://tekton.dev/docs/pipelines/pipelineruns/#monitoring-execution-status */
export interface RunStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly reason?: string;
    readonly message?: string;
  }[];
  readonly startTime?: string;
  readonly completionTime?: string;
  readonly results?: readonly { readonly name: string; readonly value: string }[];
}

interface RunResource extends pulumi.CustomResource {
  readonly metadata: pulumi.Output<{
    readonly name: string;
    readonly namespace: string;
    readonly annotations?: Readonly<Record<string, string>>;
  }>;
  readonly status: pulumi.Output<RunStatus | undefined>;
}

export function isRun(manifest: Manifest): boolean {
  return manifest.kind === 'PipelineRun';
}

/**
 * How Pulumi treats a run: waits for its end, however it ends (waiting for success never sees a failure, pulumi-kubernetes#4428), and
 * keeps the attempt that the state holds unless another was asked for.
 */
export function runOptions(manifest: Manifest, attempt: Attempt): pulumi.CustomResourceOptions {
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

/** How a run ended well. */
export interface RunOutcome {
  readonly run: string;
  /** The image reference, with the digest that the run reported. */
  readonly image: string;
  /** 'built', or 'found' when the registry had it already. */
  readonly made: string;
  readonly seconds: number;
}

export const RunOutcome = {
  /** The outcome of a run; a failed one fails the deployment and holds back all that depends on it. */
  of(resource: pulumi.CustomResource, explain: (namespace: string, run: string) => Promise<string>): pulumi.Output<RunOutcome> {
    const { metadata, status } = resource as RunResource;
    return pulumi.all([metadata, status]).apply(async ([{ name, namespace, annotations }, ended]) => {
      const result = (key: string): string => ended?.results?.find((each) => each.name === key)?.value ?? '';
      const succeeded = ended?.conditions?.find(({ type }) => type === 'Succeeded');
      if (succeeded?.status !== 'True' && !pulumi.runtime.isDryRun())
        throw refusal(await failure(namespace, name, succeeded, explain));
      return {
        run: name,
        image: `${annotations?.[IMAGE_ANNOTATION] ?? ''}@${result('digest')}`,
        made: result('made'),
        seconds: (Date.parse(ended?.completionTime ?? '') - Date.parse(ended?.startTime ?? '')) / 1000,
      };
    });
  },
};

async function failure(
  namespace: string,
  run: string,
  condition: { readonly reason?: string; readonly message?: string } | undefined,
  explain: (namespace: string, run: string) => Promise<string>,
): Promise<string> {
  const summary = `run ${run} did not succeed: ${condition?.reason ?? 'no condition'}: ${condition?.message ?? 'it has not ended'}`;
  const remedy = `Mend the cause, or try the same again with: npm run csb -- retry ${run}`;
  return [summary, await explain(namespace, run), remedy].join('\n');
}

function minutes(goDuration: string): number {
  const [, hours = '0', mins = '0', seconds = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(goDuration) ?? [];
  return Number(hours) * 60 + Number(mins) + Number(seconds) / 60;
}
