import { DELETED_ANNOTATION } from '../../lib/deploy/deleted-runs';
import type { Condition, Pod, RunEvidence, TaskRun } from '../../lib/deploy/run-evidence';
import { reasonOf } from '../../lib/deploy/run-failure';

// The words of conditions and pods are those of Tekton 1.6.0 and Kubernetes 1.34.4. Six of the causes
// test/cluster/deployment/reasons.test.ts brings about there (memory, a volume, an image, the time of a run, an exit code, who cancelled it);
// the others are met here only.
const failedWith = (reason: string, message = ''): readonly Condition[] => [
  { type: 'Succeeded', status: 'False', reason, message },
];
type Steps = NonNullable<NonNullable<TaskRun['status']>['steps']>;

function taskRun(steps: Steps, conditions: readonly Condition[], more: Partial<NonNullable<TaskRun['status']>> = {}): TaskRun {
  return {
    metadata: { name: 'run-image', labels: { 'tekton.dev/pipelineTask': 'image' } },
    status: { podName: 'run-image-pod', conditions, steps, completionTime: '2026-11-25T10:00:05Z', ...more },
  };
}
const terminated = (name: string, exitCode: number, reason = 'Error'): Steps[number] => ({
  name,
  container: `step-${name}`,
  terminated: { exitCode, reason },
});
const pod = (status: Pod['status']): Pod => ({
  metadata: { name: 'run-image-pod' },
  spec: { containers: [{ name: 'step-pack', resources: { limits: { memory: '64Mi' } } }] },
  ...(status && { status }),
});
const evidence = (more: Partial<RunEvidence>): RunEvidence => ({
  run: { metadata: {}, status: { conditions: failedWith('Failed', 'Tasks Completed: 1 (Failed: 1, Cancelled 0), Skipped: 2') } },
  taskRuns: [],
  pods: [],
  warnings: [],
  ...more,
});
const said = (more: Partial<RunEvidence>): string => reasonOf(evidence(more)).lines.join('\n');
const log = { pod: 'run-image-pod', container: 'step-pack' };
const pack137 = taskRun([terminated('fetch', 0, 'Completed'), terminated('pack', 137)], failedWith('Failed'));

test('a step that failed by itself: its task, its code, and where its last lines are', () => {
  const taskRuns = [taskRun([terminated('fetch', 0, 'Completed'), terminated('pack', 2)], failedWith('Failed'))];
  expect(reasonOf(evidence({ taskRuns }))).toEqual({
    lines: ["step 'pack' of task 'image' exited with 2."],
    mayPass: false,
    log,
  });
});

test('of several task runs, the one that failed before Tekton cancelled the others', () => {
  const cancelled: TaskRun = {
    ...taskRun([terminated('other', 1)], failedWith('TaskRunCancelled')),
    metadata: { name: 'run-other', labels: { 'tekton.dev/pipelineTask': 'other' } },
  };
  expect(said({ taskRuns: [cancelled, pack137] })).toContain("step 'pack' of task 'image'");
});

describe('memory', () => {
  test('says the limit, when a container was killed for it', () => {
    const state = { terminated: { exitCode: 137, reason: 'OOMKilled' } };
    const pods = [pod({ containerStatuses: [{ name: 'step-pack', state }] })];
    expect(said({ taskRuns: [pack137], pods })).toBe(
      "step 'pack' of task 'image' ran out of memory at its limit of 64Mi (OOMKilled).\n" +
        'Give the step more `memory` in the `resources` of its declaration.',
    );
  });

  test('is known from the step, when the pod is gone', () => {
    const taskRuns = [taskRun([terminated('pack', 137, 'OOMKilled')], failedWith('Failed'))];
    expect(said({ taskRuns })).toContain('ran out of memory (OOMKilled)');
  });

  test('counts for a step that went on without the process that was killed', () => {
    const taskRuns = [taskRun([terminated('pack', 0, 'OOMKilled')], failedWith('Failed'))];
    expect(said({ taskRuns })).toContain('ran out of memory');
  });

  test('is suspected of a SIGKILL that nobody explains', () => {
    expect(said({ taskRuns: [pack137], pods: [pod({})] })).toMatch(
      /exited with 137\. That is SIGKILL: .*, or it passed its memory limit of 64Mi\./,
    );
  });
});

describe('eviction', () => {
  test.each([
    [
      'Usage of EmptyDir volume "work" exceeds the limit "1Mi". ',
      /step 'pack' of task 'image' filled the volume 'work' beyond its limit of 1Mi.*\n.*`sizeLimit`/,
    ],
    [
      'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ',
      /took too much of the node's disk.*total limit/,
    ],
    [
      'The node was low on resource: memory. ',
      /The pod of step 'pack' of task 'image' was evicted: The node was low.*\nThe node had too little left/,
    ],
  ])('%s', (message, expected) => {
    const pods = [pod({ reason: 'Evicted', message })];
    expect(said({ taskRuns: [pack137], pods })).toMatch(expected);
  });
});

test('an image that cannot be pulled: which, for which step, and what the node says', () => {
  const message =
    'the step "pack" in TaskRun "run-image" failed to pull the image "". The pod errored with the message: "Back-off pulling image.".';
  const waiting: Steps[number] = { name: 'pack', container: 'step-pack', waiting: { reason: 'ImagePullBackOff' } };
  const taskSpec = { steps: [{ name: 'pack', image: 'registry.local:5000/nothing:1' }] };
  const warnings = [
    {
      reason: 'Failed',
      message: 'Failed to pull image "registry.local:5000/nothing:1": not found',
      involvedObject: { kind: 'Pod', name: 'run-image-pod' },
    },
  ];
  const found = reasonOf(
    evidence({ taskRuns: [taskRun([waiting], failedWith('TaskRunImagePullFailed', message), { taskSpec })], warnings }),
  );
  expect(found.lines).toEqual([
    "The image of step 'pack' of task 'image' cannot be pulled: registry.local:5000/nothing:1",
    'The node says: Failed to pull image "registry.local:5000/nothing:1": not found',
    'Is the reference right, does the registry have it, and may the node read it there?',
  ]);
  expect(found.log).toBeUndefined();
});

test('a container that cannot be made', () => {
  const waiting = { reason: 'CreateContainerConfigError', message: 'secret "registry-push" not found' };
  const taskRuns = [taskRun([{ name: 'pack', container: 'step-pack', waiting }], failedWith('Failed'))];
  expect(said({ taskRuns })).toBe(
    "step 'pack' of task 'image' cannot start: CreateContainerConfigError: secret \"registry-push\" not found",
  );
});

describe('time', () => {
  const run = {
    metadata: {},
    spec: { timeouts: { pipeline: '1h0m0s' } },
    status: { conditions: failedWith('PipelineRunTimeout', 'PipelineRun "run" failed to finish within "1h0m0s"') },
  };
  const taskRuns = [taskRun([terminated('pack', 1, 'TaskRunCancelled')], failedWith('TaskRunCancelled'))];

  test('that ran out says the limit and the step that was under way', () => {
    expect(said({ run, taskRuns })).toBe(
      "It timed out after 1h0m0s, during step 'pack' of task 'image'.\n" +
        'Look for what it waited for; when it only needs longer, raise the `timeout` of the run.',
    );
  });

  test('that ran out says the step also where Tekton has ended the run and not yet the task', () => {
    const goingOn = [{ type: 'Succeeded', status: 'Unknown', reason: 'Running' }];
    const running = taskRun([{ name: 'pack', container: 'step-pack', running: {} }], goingOn);
    expect(reasonOf(evidence({ run, taskRuns: [running] }))).toMatchObject({
      lines: ["It timed out after 1h0m0s, during step 'pack' of task 'image'.", expect.anything()],
      log,
    });
  });

  test('that was spent waiting for a node says why', () => {
    const pending = taskRun([], failedWith('TaskRunCancelled'));
    const involvedObject = { kind: 'Pod', name: 'run-image-pod' };
    const warnings = [{ reason: 'FailedScheduling', message: '0/1 nodes are available: 1 Insufficient memory.', involvedObject }];
    expect(said({ run, taskRuns: [pending], warnings })).toMatch(
      /during task 'image'\.\nIts pod: FailedScheduling: 0\/1 nodes are available: 1 Insufficient memory\.\n/,
    );
  });

  test('of one task alone', () => {
    const message = 'TaskRun "run-image" failed to finish within "5s"';
    const alone = taskRun([terminated('pack', 1)], failedWith('TaskRunTimeout', message));
    expect(said({ taskRuns: [alone] })).toBe(`step 'pack' of task 'image' timed out: ${message}`);
  });
});

describe('a run that somebody ended', () => {
  test('by cancelling it: who, when, and during what', () => {
    const managedFields = [
      { manager: 'controller', time: '2026-11-25T09:00:00Z', fieldsV1: { 'f:status': {} } },
      { manager: 'kubectl-patch', time: '2026-11-25T10:00:00Z', fieldsV1: { 'f:spec': { 'f:status': {} } } },
    ];
    const run = {
      metadata: { managedFields },
      spec: { status: 'Cancelled' },
      status: { conditions: failedWith('Cancelled', 'PipelineRun "run" was cancelled') },
    };
    const taskRuns = [taskRun([terminated('pack', 1)], failedWith('TaskRunCancelled'))];
    expect(reasonOf(evidence({ run, taskRuns }))).toEqual({
      lines: [
        "It was cancelled (spec.status: Cancelled) by kubectl-patch at 2026-11-25T10:00:00.000Z, during step 'pack' of task 'image'.",
      ],
      log,
    });
  });

  test('by deleting it while it was waited for: nobody cancelled it', () => {
    const managedFields = [
      { manager: 'cloud-services-buildpacks-deleted', time: '2026-11-25T10:00:00Z', fieldsV1: { 'f:spec': { 'f:status': {} } } },
    ];
    const run = {
      metadata: { managedFields, annotations: { [DELETED_ANNOTATION]: 'true' } },
      spec: { status: 'Cancelled' },
      status: { conditions: failedWith('Cancelled', 'PipelineRun "run" was cancelled') },
    };
    expect(said({ run })).toBe(
      'Somebody deleted it while its end was waited for. In its place is one of the same name that was cancelled at once.',
    );
  });

  test('by deleting it', () => {
    const { run, ...gone } = evidence({});
    expect(run).toBeDefined();
    expect(reasonOf(gone).lines).toEqual(['The run is gone: somebody deleted it. What it has not made yet, `up` makes anew.']);
  });

  test('by ending its pod', () => {
    const taskRuns = [taskRun([{ name: 'pack', container: 'step-pack', running: {} }], failedWith('Failed'))];
    const pods = [pod({ reason: 'Terminated', message: 'Pod was terminated in response to imminent node shutdown.' })];
    expect(said({ taskRuns, pods })).toContain("The pod of step 'pack' of task 'image' ended: Terminated: Pod was terminated in");
  });
});

describe('what ended from outside may pass, and is made again by the next up', () => {
  const image = (said: string) => ({
    taskRuns: [taskRun([], failedWith('TaskRunImagePullFailed', 'the step "pack" in TaskRun "run-image" failed'))],
    warnings: [{ message: `Failed to pull image "r/x": ${said}`, involvedObject: { kind: 'Pod', name: 'run-image-pod' } }],
  });
  const exited = (code: number, reason?: string) => ({
    taskRuns: [taskRun([terminated('pack', code, reason)], failedWith('Failed'))],
  });
  test.each<[string, Partial<RunEvidence>]>([
    ['SIGKILL', { taskRuns: [pack137] }],
    ['a node that went down', exited(255, 'Unknown')],
    ['a registry that does not answer', exited(75)],
    [
      'a node that had too little left',
      { taskRuns: [pack137], pods: [pod({ reason: 'Evicted', message: 'The node was low on memory' })] },
    ],
    ['a node that shuts down', { taskRuns: [taskRun([], failedWith('Failed'))], pods: [pod({ reason: 'Terminated' })] }],
    ['a node that shuts down, in words of the step', { ...exited(255), pods: [pod({ reason: 'Terminated' })] }],
    ['a registry that does not answer the node', image('dial tcp 10.0.0.1:5000: connect: connection refused')],
    [
      'a registry that answers the node with 503',
      image('unexpected status from HEAD request to http://r/v2/x: 503 Service Unavailable'),
    ],
  ])('%s', (_, found) => {
    expect(reasonOf(evidence(found)).mayPass).toBe(true);
  });
  test.each<[string, Partial<RunEvidence>]>([
    ['what a step says itself', exited(1)],
    ['memory', exited(137, 'OOMKilled')],
    ['the deadline of its task', { ...exited(255), pods: [pod({ reason: 'DeadlineExceeded' })] }],
    ['an image of such a name that is not there', image('failed to resolve "r/timeout:1": not found')],
    [
      'a volume',
      {
        taskRuns: [pack137],
        pods: [pod({ reason: 'Evicted', message: 'Usage of EmptyDir volume "w" exceeds the limit "1Mi".' })],
      },
    ],
    ['an image that is not there', image('rpc error: code = NotFound desc = not found')],
  ])('but not %s', (_, found) => {
    expect(reasonOf(evidence(found)).mayPass ?? false).toBe(false);
  });
});

test('task runs that were pruned are told from those that never were', () => {
  const conditions = failedWith('Failed');
  expect(said({ run: { metadata: {}, status: { conditions, childReferences: [{}] } } })).toContain('its task runs are gone');
  expect(said({ run: { metadata: {}, status: { conditions } } })).toBe('None of its tasks has begun.');
});

test('what no cause is known for is said in the words of Tekton', () => {
  const taskRuns = [taskRun([], failedWith('TaskRunResultLargerThanAllowedLimit', 'too large'))];
  expect(said({ taskRuns })).toBe("task 'image': TaskRunResultLargerThanAllowedLimit: too large");
});
