import { DELETED_ANNOTATION } from './deleted-runs';
import { type Condition, type Pod, type RunEvidence, successOf, type TaskRun, type Warning } from './run-evidence';

/** What ended a run, in lines for people. */
interface Cause {
  readonly lines: readonly string[];
  /** Something outside of the run ended it, which the same again may not meet: the next `up` makes it again. @default false */
  readonly mayPass?: boolean;
}

/** Why a run did not succeed, and the container whose last lines tell more. */
export interface Reason extends Cause {
  readonly log?: { readonly pod: string; readonly container: string };
}

/** Why a run failed, for people: with the last lines of the step that did. */
export interface Explanation {
  readonly text: string;
  /** As of a {@link Reason}. */
  readonly mayPass: boolean;
}

/** Tells why a run failed. */
export type Explain = (namespace: string, run: string) => Promise<Explanation>;

/** The exit code of what the same again, later, may not meet: EX_TEMPFAIL of sysexits.h. csb-registry ends with it when a registry does not answer. */
const MAY_PASS = 75;
/** That of a container whose processes were killed. */
const KILLED = 137;
/** What the kubelet says of a container that it has lost: its node went down. */
const LOST = /^(ContainerStatus)?Unknown$/;
/** What a node says when the registry does not answer it, and not of an image that is not there. */
const NO_ANSWER = /connection re(fused|set)|\btime(out|d out)\b|no route to host|\bEOF\b|: (429|50[0-9]) |no such host/;

/** All that is said of a run that did not succeed: its condition, the reason with the step's last lines, and how to go on. */
export async function failureText(
  run: { readonly name: string; readonly namespace: string },
  condition: Pick<Condition, 'reason' | 'message'> | undefined,
  explain: Explain,
): Promise<string> {
  const summary = `run ${run.name} did not succeed: ${condition?.reason ?? 'no condition'}: ${condition?.message ?? 'it has not ended'}`;
  const { text, mayPass } = await explain(run.namespace, run.name).catch((error: unknown) => ({
    text: `(its log cannot be read: ${String(error)})`,
    mayPass: false,
  }));
  const remedy = mayPass
    ? 'What ended it may be over: the next `up` makes it again.'
    : `Mend the cause, or try the same again with: npm run csb -- retry ${run.name}`;
  return [summary, text, remedy].join('\n');
}

/** A task run that failed, with the pod that it had. */
interface Failed {
  readonly task: string;
  readonly taskRun: TaskRun;
  readonly pod: Pod | undefined;
  readonly warnings: readonly Warning[];
  /** The step that ended it: the first that failed, or else the one that was under way. */
  readonly step: Step | undefined;
}
type Step = NonNullable<NonNullable<TaskRun['status']>['steps']>[number];

/** The step, the cause and what to do, from the states of the run, its task runs, their pods and containers (tektoncd/pipeline#4930). */
export function reasonOf(evidence: RunEvidence): Reason {
  const { run, taskRuns } = evidence;
  if (run === undefined) return said('The run is gone: somebody deleted it. What it has not made yet, `up` makes anew.');
  const failed = firstFailed(evidence);
  // Tekton ends the run first, and its tasks after it.
  const ended = failed ?? goingOn(evidence);
  const whole = endOfWhole(evidence, ended);
  if (whole !== undefined) return withLog(whole, ended);
  if (failed === undefined) return said(nothingFailed(run, taskRuns));
  const found = [evicted, outOfMemory, imageNotPulled, notStarted, stepTimeout, exitCode, podEnded].reduce<Cause | undefined>(
    (known, cause) => known ?? cause(failed),
    undefined,
  );
  return withLog(found ?? said(`${where(failed)}: ${words(failed.taskRun)}`), failed);
}

function withLog(cause: Cause, failed: Failed | undefined): Reason {
  const [pod, container] = [failed?.taskRun.status?.podName, failed?.step?.container];
  const hasRun = failed?.step?.terminated !== undefined || failed?.step?.running !== undefined;
  return { ...cause, ...(hasRun && pod !== undefined && container !== undefined && { log: { pod, container } }) };
}

function firstFailed(evidence: RunEvidence): Failed | undefined {
  const failed = evidence.taskRuns.filter(({ status }) => successOf(status)?.status === 'False');
  const byTime = failed.sort((one, other) => endOf(one) - endOf(other));
  // Tekton cancels the others when one has failed.
  const taskRun = byTime.find((each) => successOf(each.status)?.reason !== 'TaskRunCancelled') ?? byTime[0];
  return taskRun && seen(taskRun, evidence);
}

function goingOn(evidence: RunEvidence): Failed | undefined {
  const taskRun = evidence.taskRuns.find(({ status }) => successOf(status)?.status === 'Unknown');
  return taskRun && seen(taskRun, evidence);
}

/** What is known of a task run, and the step that ended it, or that it was in. */
function seen(taskRun: TaskRun, { pods, warnings }: RunEvidence): Failed {
  const steps = taskRun.status?.steps ?? [];
  const podName = taskRun.status?.podName ?? '';
  return {
    task: taskRun.metadata.labels?.['tekton.dev/pipelineTask'] ?? taskRun.metadata.name,
    taskRun,
    pod: pods.find(({ metadata }) => metadata?.name === podName),
    warnings: warnings.filter(({ involvedObject: { name } }) => name === podName || name === taskRun.metadata.name),
    step:
      steps.find(({ terminated }) => terminated?.reason === 'OOMKilled') ??
      steps.find(({ terminated }) => terminated !== undefined && terminated.exitCode !== 0) ??
      steps.find(({ terminated }) => terminated === undefined),
  };
}

/** What ended all of a run at once: somebody deleted it, its time was up, or somebody cancelled it. */
function endOfWhole({ run }: RunEvidence, failed: Failed | undefined): Cause | undefined {
  if (run?.metadata.annotations?.[DELETED_ANNOTATION] !== undefined)
    return said(
      'Somebody deleted it while its end was waited for. In its place is one of the same name that was cancelled at once.',
    );
  const reason = successOf(run?.status)?.reason ?? '';
  const during = failed === undefined ? 'before any of its tasks had begun' : `during ${where(failed)}`;
  if (reason === 'PipelineRunTimeout')
    return said(
      `It timed out after ${run?.spec?.timeouts?.pipeline ?? 'its time'}, ${during}.`,
      ...(failed?.warnings.slice(-1).map(({ reason: why, message }) => `Its pod: ${why ?? ''}: ${message ?? ''}`) ?? []),
      'Look for what it waited for; when it only needs longer, raise the `timeout` of the run.',
    );
  const asked = run?.spec?.status ?? '';
  if (!/^(Cancelled|StoppedRunFinally|CancelledRunFinally)$/.test(asked)) return undefined;
  const who = run?.metadata.managedFields?.find(({ fieldsV1 }) => 'f:status' in (specOf(fieldsV1) ?? {}));
  const by = who === undefined ? '' : ` by ${who.manager ?? ''} at ${new Date(who.time ?? 0).toISOString()}`;
  return said(`It was cancelled (spec.status: ${asked})${by}, ${during}.`);
}

/** The kubelet ended the pod for what it took of the node. @see https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/ */
function evicted(failed: Failed): Cause | undefined {
  const { pod } = failed;
  if (pod?.status?.reason !== 'Evicted') return undefined;
  const { message = '' } = pod.status;
  const [, volume, limit] = /EmptyDir volume "(.+?)" exceeds the limit "(.+?)"/.exec(message) ?? [];
  if (volume !== undefined)
    return said(
      `${where(failed)} filled the volume '${volume}' beyond its limit of ${limit ?? ''}, and the pod was evicted.`,
      'Raise the `sizeLimit` of the volume in its declaration, or write less to it.',
    );
  if (/ephemeral/i.test(message))
    return said(
      `${where(failed)} took too much of the node's disk, and the pod was evicted: ${message.trim()}`,
      'Write less, write to a volume, or give the node a larger disk.',
    );
  return fromOutside(`The pod of ${where(failed)} was evicted: ${message.trim()}`, 'The node had too little left for it.');
}

function outOfMemory(failed: Failed): Cause | undefined {
  const { pod, step } = failed;
  const killed = pod?.status?.containerStatuses?.find(({ state }) => state?.terminated?.reason === 'OOMKilled')?.name;
  const container = killed ?? (step?.terminated?.reason === 'OOMKilled' ? step.container : undefined);
  if (container === undefined) return undefined;
  const limit = memoryLimit(pod, container);
  return said(
    `${where(failed)} ran out of memory${limit === undefined ? '' : ` at its limit of ${limit}`} (OOMKilled).`,
    'Give the step more `memory` in the `resources` of its declaration.',
  );
}

function imageNotPulled(failed: Failed): Cause | undefined {
  const condition = successOf(failed.taskRun.status);
  if (condition?.reason !== 'TaskRunImagePullFailed') return undefined;
  const named = /the (?:step|sidecar) "(.+?)" in TaskRun/.exec(condition.message ?? '')?.[1];
  const image = failed.taskRun.status?.taskSpec?.steps?.find(({ name }) => name === named)?.image;
  const nodeSays =
    failed.warnings.find(({ message }) => message?.startsWith('Failed to pull image'))?.message ?? condition.message;
  const lines = [
    `The image of step '${named ?? failed.step?.name ?? '?'}' of task '${failed.task}' cannot be pulled: ${image ?? 'see below'}`,
    ...(nodeSays === undefined ? [] : [`The node says: ${nodeSays.trim()}`]),
  ];
  // An image may be called like that.
  if (NO_ANSWER.test((nodeSays ?? '').replaceAll(/"\S*"/g, ''))) return fromOutside(...lines);
  return said(...lines, 'Is the reference right, does the registry have it, and may the node read it there?');
}

/** Its pod is there, but a container of it cannot be made, or no node takes it. */
function notStarted(failed: Failed): Cause | undefined {
  const { reason = '', message = '' } = successOf(failed.taskRun.status) ?? {};
  const waiting = failed.step?.waiting;
  const cause = /^(Create(Pod|Container)\w*|PodCreationFailed|CouldntGetTask|TaskRunValidationFailed)$/;
  if (cause.test(reason)) return said(`${where(failed)} cannot start: ${reason}: ${message}`, ...saidOfPod(failed));
  if (waiting === undefined || !/^(Create|Invalid|RunContainerError)/.test(waiting.reason ?? '')) return undefined;
  return said(`${where(failed)} cannot start: ${waiting.reason ?? ''}: ${waiting.message ?? ''}`, ...saidOfPod(failed));
}

function stepTimeout(failed: Failed): Cause | undefined {
  const { reason = '', message = '' } = successOf(failed.taskRun.status) ?? {};
  if (reason !== 'TaskRunTimeout' && !/specified timeout limit/.test(message)) return undefined;
  return said(`${where(failed)} timed out: ${message}`, ...saidOfPod(failed));
}

function exitCode(failed: Failed): Cause | undefined {
  const { pod, step } = failed;
  const code = step?.terminated?.exitCode;
  if (step === undefined || code === undefined || code === 0) return undefined;
  const limit = memoryLimit(pod, step.container);
  const killed =
    code === KILLED
      ? ` That is SIGKILL: something outside of the step ended it, or it passed its memory${limit === undefined ? '' : ` limit of ${limit}`}.`
      : '';
  const ended = pod?.status?.reason;
  const pods = ended === undefined ? '' : ` Its pod: ${ended}: ${pod?.status?.message ?? ''}`;
  const isLost = code === MAY_PASS || code === KILLED || LOST.test(step.terminated?.reason ?? '');
  const lines = [`${where(failed)} exited with ${code}.${killed}${pods}`];
  return { lines, mayPass: isLost || isEndedByNode(pod) };
}

/** Its node shuts down, or another pod is more important. Tekton gives pods a deadline, that of their task. */
const isEndedByNode = ({ status }: Pod = {}): boolean => status?.reason !== undefined && status.reason !== 'DeadlineExceeded';

/** The pod was ended from outside. */
function podEnded(failed: Failed): Cause | undefined {
  const { reason, message } = failed.pod?.status ?? {};
  if (reason === undefined) return undefined;
  return { lines: [`The pod of ${where(failed)} ended: ${reason}: ${message ?? ''}`], mayPass: isEndedByNode(failed.pod) };
}

function nothingFailed(run: NonNullable<RunEvidence['run']>, taskRuns: readonly TaskRun[]): string {
  const had = (run.status?.childReferences ?? []).length > 0;
  if (taskRuns.length === 0) return had ? '(its task runs are gone, and their logs with them)' : 'None of its tasks has begun.';
  return `No task of it failed by itself. ${taskRuns.map(words).join('; ')}`;
}

const said = (...lines: readonly string[]): Cause => ({ lines });
const fromOutside = (...lines: readonly string[]): Cause => ({ lines, mayPass: true });
const saidOfPod = ({ warnings }: Failed): string[] =>
  warnings.slice(-1).map(({ reason, message }) => `Its pod: ${reason ?? ''}: ${message ?? ''}`);
const endOf = ({ status }: TaskRun): number => Date.parse(status?.completionTime ?? '') || Infinity;
const where = ({ step, task }: Failed): string =>
  step === undefined ? `task '${task}'` : `step '${step.name}' of task '${task}'`;
const memoryLimit = (pod: Pod | undefined, container: string): string | undefined =>
  pod?.spec?.containers.find(({ name }) => name === container)?.resources?.limits?.['memory'];
const specOf = (fields: object | undefined): object | undefined => (fields as { 'f:spec'?: object } | undefined)?.['f:spec'];

function words({ status }: TaskRun): string {
  const { reason = 'no condition', message = '' } = successOf(status) ?? {};
  return `${reason}: ${message}`;
}
