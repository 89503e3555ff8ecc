import type { Deployment } from '@pulumi/pulumi/automation';
import type { RunInState } from '../lib/deploy/planned-runs';
import { successOf } from '../lib/deploy/run-evidence';
import type { RunStatus } from '../lib/deploy/run-outcome';
import type { Manifest } from '../lib/synth/synthesized';

/** A Kubernetes object in Pulumi's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Manifest;
  readonly outputs?: { readonly metadata?: { readonly name?: string }; readonly status?: RunStatus };
  /** Why it is not as it should be yet: its end was waited for, and did not come. */
  readonly initErrors?: readonly string[];
  /** Another has taken its place; it is deleted at the end of an `up` in which nothing fails. */
  readonly delete?: boolean;
}

/** Something that was under way when an `up` was killed. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

interface State {
  readonly resources?: readonly StateResource[];
  readonly pending_operations?: readonly PendingOperation[];
}

/** The Kubernetes objects in an exported state. */
export function resourcesOf({ deployment }: Deployment): readonly StateResource[] {
  return ((deployment as State | undefined)?.resources ?? []).filter(isKubernetes);
}

/** The runs in an exported state, each with its newest attempt, and the end that it has there. */
export function runsOf(state: Deployment): RunInState[] {
  return resourcesOf(state).flatMap(({ type, outputs, initErrors = [], delete: isReplaced = false }) => {
    const name = outputs?.metadata?.name;
    if (type !== 'kubernetes:tekton.dev/v1:PipelineRun' || name === undefined || isReplaced) return [];
    const condition = successOf(outputs?.status);
    const succeeded = condition === undefined ? undefined : condition.status === 'True';
    return [{ name, isOpen: initErrors.length > 0, succeeded, message: condition?.message ?? '' }];
  });
}

/** Operations on Kubernetes objects that an exported state holds as begun and not ended. */
export function pendingOf({ deployment }: Deployment): readonly PendingOperation[] {
  return ((deployment as State | undefined)?.pending_operations ?? []).filter(({ resource }) => isKubernetes(resource));
}

/** The same state without these operations. */
export function without(state: Deployment, operations: readonly PendingOperation[]): Deployment {
  const deployment = state.deployment as State;
  const rest = (deployment.pending_operations ?? []).filter((each) => !operations.includes(each));
  return { ...state, deployment: { ...deployment, pending_operations: rest } };
}

/** The resource's name: by which construct path Pulumi knows the object. */
export function nameOf({ urn }: Pick<StateResource, 'urn'>): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

/** Pulumi names the types of objects so, and its provider itself `pulumi:providers:kubernetes`. */
const isKubernetes = ({ type }: StateResource): boolean => type.startsWith('kubernetes:');
