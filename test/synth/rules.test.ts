/** What only a cluster would refuse otherwise: when `up` is under way, or a pod that never starts. */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { isImageText } from '../../lib/synth/image-text';
import { SynthesisError } from '../../lib/synth/validation';

const image = 'registry.test/x:1';
const container = { name: 'a', image };

function problemsOf(kind: string, rest: object, metadata: object = {}, whole = false): readonly string[] {
  const app = new EnvironmentApp('test', { whole });
  new ApiObject(new EnvironmentChart(app, 'chart'), 'it', {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'it', ...metadata },
    ...rest,
  });
  return problems(app);
}

function problems(app: EnvironmentApp): readonly string[] {
  try {
    app.synthesize();
    return [];
  } catch (error) {
    if (error instanceof SynthesisError) return error.problems;
    throw error;
  }
}

const pod = (...containers: readonly object[]) => ({ spec: { containers } });
const labels = { a: 'b' };
const deployment = (more: object, template: object = labels) => ({
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels: template }, spec: { containers: [container] } },
    ...more,
  },
});
const long = 'x'.repeat(131072);

test('what a cluster takes', () => {
  const right = {
    ...container,
    ports: [{ containerPort: 80 }],
    resources: { requests: { cpu: '0.5' }, limits: { cpu: '500m', memory: '1e9' } },
  };
  expect(problemsOf('Pod', pod(right))).toEqual([]);
  expect(problemsOf('Deployment', deployment({ replicas: 0 }))).toEqual([]);
  expect(problemsOf('Service', { spec: { ports: [{ port: 80, targetPort: 'http' }] } })).toEqual([]);
  expect(problemsOf('ConfigMap', { data: { a: long } })).toEqual([]);
});

test.each<[string, string, string, object, object?]>([
  [
    'a Service whose name starts with a digit',
    "the name '1lib1ref' of the Service is not lower-case",
    'Service',
    {},
    { name: '1lib1ref' },
  ],
  ['the name of a CronJob', 'has 53 characters; at most 52 are allowed', 'CronJob', {}, { name: 'a'.repeat(53) }],
  ['replicas', 'replicas is -1; expected a whole number from 0 on', 'Deployment', deployment({ replicas: -1 })],
  ['half a replica', 'replicas is 0.5; expected', 'Deployment', deployment({ replicas: 0.5 })],
  ['labels', 'it selects pods with a=b, and its own have c; give both the same labels', 'Deployment', deployment({}, { a: 'c' })],
  ['retries', 'backoffLimit is -1; expected', 'Job', { spec: { backoffLimit: -1, template: pod(container) } }],
  ['in a CronJob', 'backoffLimit is 0.5; expected', 'CronJob', { spec: { jobTemplate: { spec: { backoffLimit: 0.5 } } } }],
  [
    'a port',
    'it has the port 0; expected a whole number from 1 to 65535',
    'Service',
    { spec: { ports: [{ port: 0, targetPort: 80 }] } },
  ],
  ['a target', 'it has the port 65536; expected', 'Service', { spec: { ports: [{ port: 80, targetPort: 65536 }] } }],
  [
    'a port twice',
    'two of its ports are 80/TCP; change one',
    'Service',
    {
      spec: {
        ports: [
          { name: 'a', port: 80 },
          { name: 'b', port: 80 },
        ],
      },
    },
  ],
  ['ports without names', 'one of its ports has no name', 'Service', { spec: { ports: [{ port: 80 }, { port: 81 }] } }],
  [
    'an image',
    "the image 'not an image' of container 'a' is no reference of one; expected <registry>/",
    'Pod',
    pod({ ...container, image: 'not an image' }),
  ],
  [
    'a UID',
    "container 'a' has runAsUser 2147483648; Kubernetes takes",
    'Pod',
    pod({ ...container, securityContext: { runAsUser: 2 ** 31 } }),
  ],
  [
    'a group',
    'its pod has fsGroup -1; Kubernetes takes',
    'Pod',
    { spec: { containers: [container], securityContext: { fsGroup: -1 } } },
  ],
  ['a container twice', "two containers are called 'a'; change one", 'Pod', pod(container, container)],
  ['a container port', "container 'a' has the port 0.5", 'Pod', pod({ ...container, ports: [{ containerPort: 0.5 }] })],
  [
    'a variable',
    "container 'a': 'A=B' cannot be the name of a variable",
    'Pod',
    pod({ ...container, env: [{ name: 'A=B', value: '' }] }),
  ],
  [
    'a volume',
    "container 'a' mounts 'b', which is no volume of its pod; it has: none",
    'Pod',
    pod({ ...container, volumeMounts: [{ name: 'b', mountPath: '/b' }] }),
  ],
  [
    'a mount twice',
    "container 'a' mounts two volumes at '/b'; move one",
    'Pod',
    {
      spec: {
        volumes: [{ name: 'b' }, { name: 'c' }],
        containers: [{ ...container, volumeMounts: ['b', 'c'].map((name) => ({ name, mountPath: '/b' })) }],
      },
    },
  ],
  [
    'a quantity',
    "container 'a' limits '1 GB' of memory; expected a quantity",
    'Pod',
    pod({ ...container, resources: { limits: { memory: '1 GB' } } }),
  ],
  ['a negative one', "requests '-1' of cpu", 'Pod', pod({ ...container, resources: { requests: { cpu: '-1' } } })],
  [
    'more than its limit',
    "container 'a' requests 1Gi of memory, and its limit is 1000M; request less, or allow more",
    'Pod',
    pod({ ...container, resources: { requests: { memory: '1Gi' }, limits: { memory: '1000M' } } }),
  ],
  [
    'an argument',
    "args[0] of container 'a' has 131072 bytes; at most 131071 can be handed to a program. Put it into a ConfigMap",
    'Pod',
    pod({ ...container, args: [long] }),
  ],
  ['a command', "command[1] of container 'a' has 131072 bytes", 'Pod', pod({ ...container, command: ['sh', long] })],
  [
    'a variable that is long with its name',
    "the variable A of container 'a' has 131072 bytes",
    'Pod',
    pod({ ...container, env: [{ name: 'A', value: long.slice(2) }] }),
  ],
  [
    'a parameter',
    "the parameter 'lock' has 131072 bytes; at most 130047 can be",
    'PipelineRun',
    { spec: { params: [{ name: 'lock', value: long }] } },
  ],
  [
    'in a list',
    "the parameter 'lock' has 131072 bytes",
    'PipelineRun',
    { spec: { params: [{ name: 'lock', value: ['x', long] }] } },
  ],
  ['a default', "the parameter 'lock' has 131072 bytes", 'Task', { spec: { params: [{ name: 'lock', default: long }] } }],
  [
    'scripts',
    'the scripts of its steps have 133848 bytes as Tekton hands them on; at most 131071 are possible',
    'Task',
    { spec: { steps: ['a', 'b'].map((name) => ({ name, image, script: 'x'.repeat(50_000) })) } },
  ],
  ['a ConfigMap', 'its data has 1048577 bytes; at most 1048576 are stored', 'ConfigMap', { data: { a: 'x'.repeat(2 ** 20) } }],
  ['annotations', 'its annotations have 262145 bytes', 'ConfigMap', {}, { annotations: { a: 'x'.repeat(2 ** 18) } }],
  [
    'an object',
    'bytes; at most 1507328 are stored. Make more than one object of it',
    'Thing',
    { spec: { a: 'x'.repeat(1_600_000) } },
  ],
  ['what a cast has made of it', 'cannot be read: ', 'Pod', { spec: { containers: 8 } }],
])('%s', (_, message, kind, rest, metadata = {}) => {
  const said = problemsOf(kind, rest, metadata);
  expect(said).toContainEqual(expect.stringContaining(message));
  expect(said[0]).toContain('chart/it (test/synth/rules.test.ts): ');
});

test('two `$` are one byte for a program', () => {
  expect(problemsOf('Pod', pod({ ...container, args: ['$$'.repeat(131071)] }))).toEqual([]);
});

test.each<[string, boolean]>([
  ['debian', true],
  ['registry.local:5000/toolforge-python311-sssd-web:latest', true],
  [`a.b/c/d_e--f@sha256:${'0'.repeat(64)}`, true],
  ['registry.test/Upper:1', false],
  ['registry.test/x:', false],
  ['registry.test/x:1 ', false],
  ['registry.test/x@sha256:00', false],
  ['http://registry.test/x:1', false],
  ['', false],
])('%j as an image: %p', (text, is) => {
  expect(isImageText(text)).toBe(is);
});

test('an object of an environment that is in no namespace', () => {
  expect(problemsOf('ConfigMap', {}, {}, true)).toEqual([
    'chart/it (test/synth/rules.test.ts): the ConfigMap is in no namespace; give it one, or its chart',
  ]);
  expect(problemsOf('ClusterRole', {}, {}, true)).toEqual([]);
});

test('two charts of one id would be one file of dist/', () => {
  const app = new EnvironmentApp('test');
  for (const [scope, id] of [
    ['one', 'tools'],
    ['two', 'tools'],
    ['three', 'Tools'],
    ['four', '..'],
  ] as const)
    new ApiObject(new EnvironmentChart(new Construct(app, scope), id), 'map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: scope },
    });
  expect(problems(app)).toEqual([
    "two/tools (test/synth/rules.test.ts): is called 'tools', as one/tools is: both would be the file tools.yaml; give one another id",
    "three/Tools (test/synth/rules.test.ts): is called 'Tools', as one/tools is: both would be the file Tools.yaml; give one another id",
    "four/.. (test/synth/rules.test.ts): '..' cannot be the name of a file; expected letters, digits, '-', '_' and '.', give it another id",
  ]);
});
