/** The policies about credentials: who holds one, and what stands beside it. */
import { type Declared, IMAGE, run, step, TOOLBOX, violations } from './declared';

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
