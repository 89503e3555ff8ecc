import type { PolicyName } from '../../lib/policy/policy';
import { type Declared, DIGEST, IMAGE, pod, RESOURCES, run, SECURE, secured, step, task, violations } from './declared';

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
