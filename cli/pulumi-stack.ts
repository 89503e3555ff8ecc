import { LocalWorkspace, type Stack } from '@pulumi/pulumi/automation';
import { join } from 'node:path';
import { readSettings } from '../lib/settings/settings';
import { platformEnvironment } from '../local/platform';
import { releaseAbandonedLock } from './abandoned-lock';
import { UP_VARIABLE } from './orphans';

export const ROOT = join(__dirname, '..');

/**
 * Opens the Pulumi stack of an environment, making it when the backend has none, and takes away what a killed `up` left behind.
 *
 * Waits while another live `up` holds the stack's lock, and says so.
 */
export async function openStack(environment: string): Promise<Stack> {
  readSettings(ROOT, environment);
  prepareEnvironment(environment);
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: environment, workDir: ROOT },
    { envVars: { [UP_VARIABLE]: environment, PULUMI_SKIP_UPDATE_CHECK: 'true' } },
  );
  await releaseAbandonedLock(stack, process.env['PULUMI_BACKEND_URL']);
  return stack;
}

/**
 * The environment `local` lives on the embedded platform: its kubeconfig, backend and programs are
 * found without being asked for. What the caller has set stays.
 */
function prepareEnvironment(environment: string): void {
  if (environment !== 'local') return;
  for (const [name, value] of Object.entries(platformEnvironment())) {
    if (name === 'PATH' || process.env[name] === undefined) process.env[name] = value;
  }
}

/** The name of a run in a stack's state, for each of its PipelineRuns. */
export async function runsInState(
  stack: Stack,
): Promise<{ readonly urn: string; readonly name: string; readonly namespace: string }[]> {
  const exported = await stack.exportStack();
  const resources = (exported.deployment as { resources?: StateResource[] } | undefined)?.resources ?? [];
  return resources
    .filter(({ type, outputs }) => type === 'kubernetes:tekton.dev/v1:PipelineRun' && outputs !== undefined)
    .map(({ urn, outputs }) => ({ urn, name: outputs?.metadata?.name ?? '', namespace: outputs?.metadata?.namespace ?? '' }));
}

interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly outputs?: { readonly metadata?: { readonly name?: string; readonly namespace?: string } };
}
