import { ApiObject } from 'cdk8s';
import { TOOL_VOLUMES } from '../../lib/toolforge/pod-storage';
import { environmentPolicies } from '../../lib/policy/environment-policies';
import type { PolicyName } from '../../lib/policy/policy';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const IMAGE = `registry.example/tool@${DIGEST}`;
const TOOLBOX = 'hub.example/toolbox:bookworm';
const policies = environmentPolicies({
  images: { registries: ['registry.example'], addressed: 'registry.example/ours', exactly: [TOOLBOX] },
  trusted: [TOOLBOX],
  credentials: { push: ['push'], build: ['first', 'last'] },
  hostPaths: TOOL_VOLUMES,
});

const SECURE = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
const RESOURCES = { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '1Gi' } };
const step = (changed: object = {}) => ({
  name: 'make',
  image: IMAGE,
  securityContext: SECURE,
  computeResources: RESOURCES,
  ...changed,
});
const task = (...steps: object[]) => ({ spec: { steps } });

type Declared = readonly [kind: string, name: string, rest: object, labels?: Record<string, string>, namespace?: string];

/** The violations of objects in namespace builds: policy and message. */
function violations(...objects: readonly Declared[]): [PolicyName, string][] {
  const chart = new EnvironmentChart(new EnvironmentApp('test'), 'chart', { namespace: 'builds' });
  for (const [kind, name, rest, labels = {}, namespace] of objects) {
    const apiVersion = /^(Task|Pipeline)/.test(kind) ? 'tekton.dev/v1' : 'v1';
    new ApiObject(chart, `${kind}-${name}`, {
      apiVersion,
      kind,
      metadata: { name, labels, ...(namespace !== undefined && { namespace }) },
      ...rest,
    });
  }
  const app = chart.node.root as EnvironmentApp;
  return policies.violations(app.synthesize().objects).map(({ policy, message }) => [policy, message]);
}

const secured = (changed: object) => step({ securityContext: { ...SECURE, ...changed } });
const pod = (changed: object = {}, container: object = {}) => ({
  spec: {
    automountServiceAccountToken: false,
    containers: [{ name: 'main', image: IMAGE, securityContext: SECURE, resources: RESOURCES, ...container }],
    ...changed,
  },
});

/** A run without fault, but for what is changed in its spec and in the template of its pods. */
const run = (changed: object = {}, podTemplate: object = {}) => ({
  spec: { taskRunTemplate: { podTemplate: { automountServiceAccountToken: false, ...podTemplate } }, ...changed },
});

test('what keeps to all of them', () => {
  expect(
    violations(
      ['Task', 'fine', task(step(), step({ name: 'other', image: 'hub.example/toolbox:bookworm' }))],
      ['Task', 'addressed', task(step({ image: 'registry.example/ours/x:c-0123456789abcdef-r01ab' }))],
      ['Pod', 'fine', pod()],
      ['ServiceAccount', 'fine', { automountServiceAccountToken: false }],
    ),
  ).toEqual([]);
});

test('what a pod gives to its containers counts', () => {
  const { runAsNonRoot, seccompProfile, ...container } = SECURE;
  expect(
    violations(['Pod', 'p', pod({ securityContext: { runAsNonRoot, seccompProfile } }, { securityContext: container })]),
  ).toEqual([]);
});

test.each<[string, Declared, PolicyName, string]>([
  ['root', ['Task', 't', task(secured({ runAsUser: 0 }))], 'non-root', "step 'make' runs as root"],
  ['perhaps root', ['Task', 't', task(secured({ runAsNonRoot: undefined }))], 'non-root', "step 'make' may run as root"],
  ['privileged', ['Task', 't', task(secured({ privileged: true }))], 'capabilities', 'is privileged'],
  ['setuid', ['Task', 't', task(secured({ allowPrivilegeEscalation: true }))], 'capabilities', 'may gain privileges'],
  [
    'added',
    ['Task', 't', task(secured({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }))],
    'capabilities',
    'adds the capabilities CHOWN',
  ],
  ['kept', ['Task', 't', task(secured({ capabilities: {} }))], 'capabilities', 'keeps the capabilities'],
  [
    "the template's",
    ['Task', 't', { spec: { steps: [step()], stepTemplate: { securityContext: { capabilities: { add: ['CHOWN'] } } } } }],
    'capabilities',
    'adds the capabilities CHOWN',
  ],
  [
    'unconfined',
    ['Task', 't', task(secured({ seccompProfile: { type: 'Unconfined' } }))],
    'seccomp',
    'profile Unconfined; set RuntimeDefault',
  ],
  [
    'unlimited',
    ['Task', 't', task(step({ computeResources: { requests: RESOURCES.requests } }))],
    'resources',
    'no memory limit',
  ],
  [
    'asking for nothing',
    ['Task', 't', task(step({ computeResources: { requests: { cpu: '0', memory: '1Gi' }, limits: RESOURCES.limits } }))],
    'resources',
    'no step asks for cpu',
  ],
  ['a token in a pod', ['Pod', 'p', pod({ automountServiceAccountToken: undefined })], 'no-token', "service account's token"],
  ['a token of an account', ['ServiceAccount', 'a', {}], 'no-token', 'its token is mounted into every pod'],
  ['a token in a run', ['PipelineRun', 'r', { spec: {} }], 'no-token', 'taskRunTemplate.podTemplate'],
  [
    'a token in one task of a run',
    ['PipelineRun', 'r', run({ taskRunSpecs: [{ pipelineTaskName: 'a', podTemplate: {} }] })],
    'no-token',
    "the podTemplate of task 'a'",
  ],
  [
    'a token in the run of a task',
    ['TaskRun', 'r', { spec: {} }],
    'no-token',
    'set automountServiceAccountToken to false in podTemplate',
  ],
  [
    'another registry',
    ['Task', 't', task(step({ image: `evil.example/x@${DIGEST}` }))],
    'images',
    'none of the allowed registries (registry.example)',
  ],
  [
    'a registry that begins alike',
    ['Task', 't', task(step({ image: `registry.example.evil/x@${DIGEST}` }))],
    'images',
    'none of the allowed',
  ],
  ['a tag that moves', ['Task', 't', task(step({ image: 'registry.example/x:latest' }))], 'images', 'can be moved'],
  [
    'an address where others push',
    ['Task', 't', task(step({ image: 'registry.example/x:c-0123456789abcdef' }))],
    'images',
    'can be moved: name it by digest or, in registry.example/ours/, by address',
  ],
  [
    'an address where the name only begins alike',
    ['Task', 't', task(step({ image: 'registry.example/ours-too/x:c-0123456789abcdef' }))],
    'images',
    'can be moved',
  ],
  ['half a variable', ['Task', 't', task(step({ image: 'registry.example/x:$(params.tag)' }))], 'images', 'can be moved'],
  [
    'a wildcard',
    ['Role', 'r', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }] }],
    'no-wildcards',
    "rules[0].verbs has a '*'",
  ],
  [
    'everything',
    ['RoleBinding', 'b', { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } }],
    'no-wildcards',
    'binds cluster-admin',
  ],
  [
    'the node',
    ['Pod', 'p', pod({ volumes: [{ name: 'v', hostPath: { path: '/data/project' } }] })],
    'host-paths',
    '/data/project of the node',
  ],
  [
    'the node, by a run',
    ['PipelineRun', 'r', run({}, { volumes: [{ name: 'v', hostPath: { path: '/etc' } }] })],
    'host-paths',
    "volume 'v' in taskRunTemplate.podTemplate is /etc of the node",
  ],
  ["the node's network", ['Pod', 'p', pod({ hostNetwork: true })], 'host-namespaces', 'hostNetwork is true'],
  ["the node's processes", ['Pod', 'p', pod({ hostPID: true })], 'host-namespaces', 'hostPID is true'],
  ["the node's memory", ['Pod', 'p', pod({ hostIPC: true })], 'host-namespaces', 'hostIPC is true'],
  [
    "the node's network, by a run",
    ['PipelineRun', 'r', run({}, { hostNetwork: true })],
    'host-namespaces',
    'hostNetwork of taskRunTemplate.podTemplate is true',
  ],
  [
    'all addresses of the API server',
    ['ClusterRole', 'r', { rules: [{ nonResourceURLs: ['*'], verbs: ['get'] }] }],
    'no-wildcards',
    "rules[0].nonResourceURLs has a '*'",
  ],
  ['no level', ['Namespace', 'n', {}], 'pod-security', 'enforces the level (none)'],
])('%s', (_, object, policy, message) => {
  expect(violations(object)).toEqual([[policy, expect.stringContaining(message)]]);
});

describe('the pods of tools', () => {
  const tool = (volumes: object[], mounts: object[], image = 'registry.example/web:latest') => ({
    spec: {
      template: {
        metadata: { labels: { toolforge: 'tool' } },
        ...pod({ volumes }, { image, volumeMounts: mounts }),
      },
    },
  });

  test("name public tags and mount what Toolforge's webhook would", () => {
    const volumes = [
      { name: 'home', hostPath: { path: '/data/project' } },
      { name: 'dumps', hostPath: { path: '/public/dumps' } },
    ];
    const mounts = [
      { name: 'home', mountPath: '/data/project' },
      { name: 'dumps', mountPath: '/public/dumps', readOnly: true },
    ];
    expect(violations(['Deployment', 'd', tool(volumes, mounts), {}, 'tool-mine'])).toEqual([]);
  });

  test('are in the namespaces of tools: the label alone allows nothing', () => {
    const volumes = [{ name: 'home', hostPath: { path: '/data/project' } }];
    expect(violations(['Deployment', 'd', tool(volumes, [])])).toEqual([
      ['images', expect.stringContaining('can be moved')],
      ['host-paths', expect.stringContaining('only pods labelled toolforge: tool in a namespace tool-* may')],
    ]);
  });

  test('and nothing else of the node, and no other registry', () => {
    const volumes = [
      { name: 'etc', hostPath: { path: '/etc' } },
      { name: 'dumps', hostPath: { path: '/public/dumps' } },
    ];
    const mounts = [{ name: 'dumps', mountPath: '/public/dumps' }];
    expect(violations(['Deployment', 'd', tool(volumes, mounts, 'evil.example/web:latest'), {}, 'tool-mine'])).toEqual([
      ['images', expect.stringContaining('none of the allowed registries')],
      ['host-paths', expect.stringContaining("volume 'etc' is /etc of the node")],
      ['host-paths', expect.stringContaining("container 'main' may write /public/dumps of the node; mount it with readOnly")],
    ]);
  });
});

describe('an image that a run gives', () => {
  const task: Declared = ['Task', 't', { spec: { params: [{ name: 'base' }], steps: [step({ image: '$(params.base)' })] } }];
  const inPlace = { taskSpec: { steps: [step({ image: '$(params.from)' })] } };
  const params = [{ name: 'from' }];
  const placed = { name: 'a', taskRef: { name: 't' }, params: [{ name: 'base', value: '$(params.from)' }] };
  const given = (value: string) => ({ params: [{ name: 'from', value }] });
  const ways: readonly [string, (image: string) => readonly Declared[]][] = [
    [
      'the pipeline',
      (image) => [
        task,
        ['Pipeline', 'p', { spec: { params, tasks: [placed] } }],
        ['PipelineRun', 'r', run({ pipelineRef: { name: 'p' }, ...given(image) })],
      ],
    ],
    [
      "a pipeline's last task",
      (image) => [
        task,
        ['Pipeline', 'p', { spec: { params, finally: [placed] } }],
        ['PipelineRun', 'r', run({ pipelineRef: { name: 'p' }, ...given(image) })],
      ],
    ],
    [
      'a pipeline in the run',
      (image) => [task, ['PipelineRun', 'r', run({ pipelineSpec: { params, tasks: [placed] }, ...given(image) })]],
    ],
    [
      'the last task of a pipeline in the run',
      (image) => [task, ['PipelineRun', 'r', run({ pipelineSpec: { params, finally: [placed] }, ...given(image) })]],
    ],
    [
      'a task in a pipeline in the run, which sees its parameters',
      (image) => [['PipelineRun', 'r', run({ pipelineSpec: { tasks: [{ name: 'a', ...inPlace }] }, ...given(image) })]],
    ],
    [
      'the run of a task',
      (image) => [
        task,
        [
          'TaskRun',
          'r',
          {
            spec: {
              taskRef: { name: 't' },
              params: [{ name: 'base', value: image }],
              podTemplate: { automountServiceAccountToken: false },
            },
          },
        ],
      ],
    ],
  ];

  test.each(ways)('is followed through %s to the step', (_, parts) => {
    expect(violations(...parts(IMAGE))).toEqual([]);
    expect(violations(...parts('registry.example/x:latest'))).toEqual([
      [
        'images',
        expect.stringMatching(
          /^the image 'registry.example\/x:latest' of step 'make' in task '[tar]' can be moved: name it by digest or, in registry\.example\/ours\/, by address/,
        ),
      ],
    ]);
    expect(violations(...parts('evil.example/x:latest'))).toEqual([['images', expect.stringContaining('none of the allowed')]]);
  });

  test('is unknown where a matrix gives it, whatever the default is', () => {
    const withDefault: Declared = [
      'Task',
      't',
      { spec: { params: [{ name: 'base', default: IMAGE }], steps: [step({ image: '$(params.base)' })] } },
    ];
    const matrix = { params: [{ name: 'base', value: ['evil.example/x:latest'] }] };
    const tasks = (changed: object): Declared => [
      'PipelineRun',
      'r',
      run({ pipelineSpec: { tasks: [{ name: 'a', taskRef: { name: 't' }, ...changed }] } }),
    ];
    expect(violations(withDefault, tasks({}))).toEqual([]);
    expect(violations(withDefault, tasks({ matrix }))).toEqual([['images', expect.stringContaining('is given by nothing')]]);
    expect(violations(withDefault, tasks({ matrix: { include: [matrix] } }))).toHaveLength(1);
  });

  test.each<[string, Declared, string]>([
    ['a pipeline of others', ['PipelineRun', 'r', run({ pipelineRef: { name: 'theirs' } })], "the Pipeline 'theirs'"],
    [
      'a pipeline from elsewhere',
      ['PipelineRun', 'r', run({ pipelineRef: { resolver: 'git' } })],
      "a Pipeline of the resolver 'git'",
    ],
    ['a task of others', ['Pipeline', 'p', { spec: { tasks: [{ taskRef: { name: 'theirs' } }] } }], "the Task 'theirs'"],
    [
      'a last task from elsewhere',
      ['Pipeline', 'p', { spec: { finally: [{ taskRef: { resolver: 'hub' } }] } }],
      "resolver 'hub'",
    ],
    [
      'a task of the cluster',
      ['PipelineRun', 'r', run({ pipelineSpec: { tasks: [{ taskRef: { kind: 'ClusterTask', name: 't' } }] } })],
      "the ClusterTask 't'",
    ],
  ])('is unknown in %s', (_, object, part) => {
    expect(violations(object)).toEqual([['images', expect.stringContaining(`${part}, which is not declared here`)]]);
  });
});

describe('credentials', () => {
  const volumes = [{ name: 'credentials', secret: { secretName: 'registry-push' } }];
  const mounted = (name: string) =>
    step({
      name,
      image: TOOLBOX,
      env: [{ name: 'HOME', value: '/tmp' }],
      volumeMounts: [{ name: 'credentials', mountPath: '/credentials' }],
    });

  test('are where they are listed', () => {
    expect(violations(['Task', 'push', { spec: { volumes, steps: [mounted('push'), step()] } }])).toEqual([]);
  });

  test.each([
    ['another step', 'push', mounted('build')],
    ['the same step of another task', 'other', mounted('push')],
    [
      'an environment',
      'push',
      step({
        name: 'build',
        image: TOOLBOX,
        env: [
          { name: 'HOME', value: '/tmp' },
          { name: 'A', valueFrom: { secretKeyRef: { name: 'registry-push' } } },
        ],
      }),
    ],
  ])('but not in %s', (_, name, held) => {
    expect(violations(['Task', name, { spec: { volumes, steps: [held] } }])).toEqual([
      ['credentials', expect.stringContaining('holds the Secret registry-push; take it away')],
    ]);
  });

  test('what a secrets store gives is one, too', () => {
    const store = [{ name: 'credentials', csi: { driver: 'secrets-store.csi.k8s.io', readOnly: true } }];
    expect(violations(['Task', 'other', { spec: { volumes: store, steps: [mounted('push')] } }])).toEqual([
      ['credentials', expect.stringContaining("step 'push' holds the Secret in 'credentials'")],
    ]);
    expect(violations(['PipelineRun', 'r', run({ workspaces: [{ ...store[0], name: 'w' }] })])).toEqual([
      ['credentials', expect.stringContaining("its workspace 'w' gives the Secret in 'w' to every step")],
    ]);
  });
});

describe('beside what is built', () => {
  const volumes = [
    { name: 'credentials', secret: { secretName: 'registry-push' } },
    { name: 'handed', emptyDir: { medium: 'Memory' } },
    { name: 'work', emptyDir: {} },
    { name: 'sealed', emptyDir: {} },
  ];
  const mount = (name: string, readOnly?: boolean) => ({ name, mountPath: `/${name}`, ...(readOnly && { readOnly }) });
  const of = (name: string, mounts: object[], changed: object = {}) =>
    step({ name, image: TOOLBOX, env: [{ name: 'HOME', value: '/tmp' }], volumeMounts: mounts, ...changed });
  const first = of('first', [mount('credentials'), mount('handed')]);
  const built = of('built', [mount('work')], { image: IMAGE });
  const guard = of('guard', [mount('work', true), mount('sealed')]);
  const build = (steps: object[], rest: object = {}): Declared => ['Task', 'build', { spec: { volumes, steps, ...rest } }];

  test('a copy in memory, and what the toolbox has copied, are within the reach of nothing', () => {
    const last = of('last', [mount('handed'), mount('sealed', true)]);
    expect(violations(build([first, built, guard, last]))).toEqual([]);
  });

  test.each<[string, object[], object, string]>([
    [
      'the Secret itself',
      [built, of('last', [mount('credentials')])],
      {},
      "holds a Secret or a token, which stays there while Tekton follows what step 'built' has left",
    ],
    [
      'what it could write',
      [first, built, of('last', [mount('handed'), mount('work', true)])],
      {},
      "reads 'work', which a step before it can write",
    ],
    [
      'results',
      [first, built, of('last', [mount('handed')])],
      { results: [{ name: 'digest' }] },
      "in a task with results, which step 'built' can write",
    ],
    [
      'an image that is built',
      [of('first', [mount('credentials')], { image: IMAGE })],
      {},
      `in the image ${IMAGE}; use the toolbox`,
    ],
    [
      'a HOME that is shared',
      [of('first', [mount('credentials'), mount('work')], { env: [{ name: 'HOME', value: '/work/x' }] })],
      {},
      'its HOME is /work/x; set one of its own container',
    ],
    ['no HOME', [of('first', [mount('credentials')], { env: [] })], {}, 'its HOME is not set'],
    [
      'a shared HOME of its own where the template has a good one',
      [of('first', [mount('credentials'), mount('work')], { env: [{ name: 'HOME', value: '/work' }] })],
      { stepTemplate: { env: [{ name: 'HOME', value: '/tmp' }] } },
      'its HOME is /work; set one of its own container',
    ],
    [
      'a HOME that it sets twice, of which the last counts',
      [
        of('first', [mount('credentials'), mount('work')], {
          env: [
            { name: 'HOME', value: '/tmp' },
            { name: 'HOME', value: '/work' },
          ],
        }),
      ],
      {},
      'its HOME is /work',
    ],
    ...['/tmp/../work', '//work', '/work/', '/work/..x', '$(workspaces.source.path)', 'work'].map(
      (value): [string, object[], object, string] => [
        `a HOME that is shared by another spelling: ${value}`,
        [of('first', [mount('credentials'), { name: 'work', mountPath: '/work/' }], { env: [{ name: 'HOME', value }] })],
        {},
        `its HOME is ${value}`,
      ],
    ),
    [
      'what a secrets store gives',
      [built, of('last', [mount('store')])],
      { volumes: [...volumes, { name: 'store', csi: { driver: 'secrets-store.csi.k8s.io' } }] },
      'holds a Secret or a token, which stays there',
    ],
    [
      'a Secret as its whole environment',
      [first, built, of('last', [mount('sealed', true)], { envFrom: [{ secretRef: { name: 'registry-push' } }] })],
      {},
      'holds a Secret or a token, which stays there',
    ],
    [
      'what a workspace holds',
      [first, built, of('last', [mount('handed')])],
      { workspaces: [{ name: 'source' }] },
      "reads 'workspaces.source', which a step before it can write",
    ],
    [
      'a HOME in a workspace',
      [of('first', [mount('credentials')], { env: [{ name: 'HOME', value: '/source/home' }] })],
      { workspaces: [{ name: 'source', mountPath: '/source' }] },
      'its HOME is /source/home',
    ],
    [
      'what a sidecar could write',
      [of('first', [mount('handed'), mount('work', true)])],
      { sidecars: [built] },
      "reads 'work', which a step before it can write",
    ],
    [
      'results of single steps',
      [first, { ...built, results: [{ name: 'digest' }] }, of('last', [mount('handed')])],
      {},
      "in a task with results, which step 'built' can write",
    ],
  ])('a step with a credential has not %s', (_, steps, rest, message) => {
    expect(violations(build(steps, rest))).toEqual([['shared-pods', expect.stringContaining(message)]]);
  });

  test('what the template gives is not what a step has that names it itself', () => {
    const atSealed = [{ name: 'sealed', mountPath: '/sealed' }];
    const stepTemplate = { env: [{ name: 'HOME', value: '/work' }], volumeMounts: [{ name: 'work', mountPath: '/sealed' }] };
    expect(
      violations(build([first, built, guard, of('last', [mount('handed')])], { stepTemplate: { env: stepTemplate.env } })),
    ).toEqual([]);
    expect(
      violations(build([{ ...built, volumeMounts: atSealed }, of('last', [mount('handed'), ...atSealed])], { stepTemplate })),
    ).toEqual([['shared-pods', expect.stringContaining("reads 'sealed', which a step before it can write")]]);
  });

  test("a run gives no step its HOME, which would win over the step's own", () => {
    const env = [{ name: 'HOME', value: '/workspace/source' }];
    expect(violations(['PipelineRun', 'r', run({}, { env })])).toEqual([
      ['shared-pods', 'taskRunTemplate.podTemplate sets HOME, also for steps that hold a credential; set it in steps'],
    ]);
  });
});

describe('beside what is built, wherever a task is written', () => {
  const token = { name: 'api', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } };
  const asking = step({
    name: 'ask',
    image: TOOLBOX,
    env: [{ name: 'HOME', value: '/tmp' }],
    volumeMounts: [{ name: 'api', mountPath: '/api' }],
  });
  const spec = { volumes: [token], results: [{ name: 'digest' }], steps: [step(), asking] };
  const expected = [
    ['shared-pods', expect.stringContaining("step 'ask' holds a credential in a task with results, which step 'make' can write")],
    ['shared-pods', expect.stringContaining("step 'ask' holds a Secret or a token")],
  ];
  const tasks = [{ name: 'a', taskSpec: spec }];
  const podTemplate = { automountServiceAccountToken: false };

  test.each<[string, Declared]>([
    ['a task', ['Task', 't', { spec }]],
    ['a pipeline', ['Pipeline', 'p', { spec: { tasks } }]],
    ["a pipeline's end", ['Pipeline', 'p', { spec: { finally: tasks } }]],
    ['the run of a pipeline', ['PipelineRun', 'r', run({ pipelineSpec: { tasks } })]],
    ['the run of a task', ['TaskRun', 'r', { spec: { taskSpec: spec, podTemplate } }]],
  ])('a token of the API server is a credential in %s', (_, object) => {
    expect(violations(object)).toEqual(expected);
  });

  test('a workspace that only other steps have, or that nobody may write, is not what a step reads', () => {
    const apart = {
      workspaces: [{ name: 'source' }],
      steps: [step({ workspaces: [{ name: 'source' }] }), { ...asking, volumeMounts: [] }],
    };
    expect(violations(['Task', 't', { spec: apart }])).toEqual([]);
    const memory = { volumes: [{ name: 'api', emptyDir: { medium: 'Memory' } }], steps: [step(), asking] };
    const readOnly = { ...memory, workspaces: [{ name: 'source', readOnly: true }] };
    const built = (object: object): unknown =>
      violations(['Task', 'build', { spec: object }]).filter(([policy]) => policy === 'shared-pods');
    expect(built(readOnly)).toEqual([]);
    expect(built({ ...memory, workspaces: [{ name: 'source' }] })).toHaveLength(1);
    // The step that writes it and the one with the credential, each by its own word.
    const [making, ask] = [step({ workspaces: [{ name: 'source' }] }), { ...asking, workspaces: [{ name: 'source' }] }];
    expect(built({ ...memory, workspaces: [{ name: 'source' }], steps: [making, ask] })).toHaveLength(1);
    expect(built({ ...memory, workspaces: [{ name: 'source' }], steps: [making, asking] })).toEqual([]);
  });
});

describe('credentials, which every step is handed, are refused', () => {
  const secret = { secretName: 'registry-push' };
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'registry-push', key: 'a' } } }];

  test.each<[string, Declared, string]>([
    ['a workspace', ['PipelineRun', 'r', run({ workspaces: [{ name: 'w', secret }] })], "its workspace 'w'"],
    [
      'a projected workspace',
      ['PipelineRun', 'r', run({ workspaces: [{ name: 'w', projected: { sources: [{ secret: { name: 'registry-push' } }] } }] })],
      "its workspace 'w'",
    ],
    ['a volume of a run', ['PipelineRun', 'r', run({}, { volumes: [{ name: 'v', secret }] })], 'taskRunTemplate.podTemplate'],
    ['the environment of a run', ['PipelineRun', 'r', run({}, { env })], 'taskRunTemplate.podTemplate'],
    [
      'a volume of one task of a run',
      [
        'PipelineRun',
        'r',
        run({
          taskRunSpecs: [
            { pipelineTaskName: 'a', podTemplate: { automountServiceAccountToken: false, volumes: [{ name: 'v', secret }] } },
          ],
        }),
      ],
      "the podTemplate of task 'a'",
    ],
    ["a task's run", ['TaskRun', 'r', { spec: { podTemplate: { automountServiceAccountToken: false, env } } }], 'podTemplate'],
    [
      'a service account',
      ['ServiceAccount', 'a', { automountServiceAccountToken: false, secrets: [{ name: 'registry-push' }] }],
      'secrets',
    ],
  ])('in %s', (_, object, where) => {
    expect(violations(object)).toEqual([
      ['credentials', expect.stringMatching(new RegExp(`^${where} gives the Secret registry-push to every step`))],
    ]);
  });

  test("but those for pulling images are the node's, not the steps'", () => {
    const account = { automountServiceAccountToken: false, imagePullSecrets: [{ name: 'pull' }] };
    expect(violations(['ServiceAccount', 'a', account])).toEqual([]);
  });
});

describe('network policies', () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'baseline' };
  const builds: readonly Declared[] = [
    ['Namespace', 'builds', {}, labels],
    ['Task', 't', task(step())],
  ];

  test('a namespace of builds has one for all of its pods', () => {
    expect(violations(...builds)).toEqual([
      ['network-policies', expect.stringContaining('namespace builds can be called by everyone')],
      ['network-policies', expect.stringContaining('namespace builds can call everything')],
    ]);
    const one = (podSelector: object, rest: object = {}): Declared => [
      'NetworkPolicy',
      'deny',
      { spec: { podSelector, policyTypes: ['Ingress', 'Egress'], ...rest } },
    ];
    expect(violations(...builds, one({ matchLabels: { a: 'b' } }))).toHaveLength(2);
    expect(violations(...builds, one({}))).toEqual([]);
    expect(violations(...builds, one({}, { ingress: [] }))).toEqual([]);
    expect(violations(...builds, one({}, { ingress: [{}] }))).toHaveLength(1);
    const to = [{ namespaceSelector: {} }];
    expect(violations(...builds, one({}, { egress: [{ to, ports: [{ port: 53 }] }] }))).toEqual([]);
    expect(violations(...builds, one({}, { egress: [{ ports: [{ port: 53 }] }] }))).toHaveLength(1);
    expect(violations(...builds, one({}, { egress: [{ to, ports: [{ port: 53 }, { port: 443 }] }] }))).toHaveLength(1);
  });

  test('a namespace without builds needs none', () => {
    expect(violations(['Namespace', 'other', {}, labels])).toEqual([]);
  });
});
