import { stripVTControlCharacters } from 'node:util';
import { PATH_ANNOTATION } from '../../lib/deploy/annotations';
import type { DescribedObject } from '../../lib/diff/described-object';
import { type Drift, findDrift } from '../../lib/diff/drift';
import { describeLive, readLive } from '../../lib/diff/live-objects';
import { renderDrift } from '../../lib/diff/render-drift';
import { type Aliases, FormerPaths } from '../../lib/synth/aliases';
import type { Manifest } from '../../lib/synth/synthesized';
import { TEMPLATE_LABEL } from '../../lib/tekton/pipeline-run';
import { configMap, object, run } from './objects';

/** As the server gives an object back: annotated by `up`, with what it keeps there itself. */
function live({ path, manifest }: DescribedObject, more: Readonly<Record<string, unknown>> = {}): Manifest {
  const metadata = {
    uid: 'e0d1',
    resourceVersion: '42',
    generation: 3,
    creationTimestamp: '2026-11-25T02:00:00Z',
    ...manifest.metadata,
    ...(more['metadata'] ?? {}),
    annotations: { ...manifest.metadata.annotations, [PATH_ANNOTATION]: path, 'other.example/note': 'theirs' },
    labels: { ...manifest.metadata.labels, theirs: 'yes' },
  };
  return { ...manifest, status: { phase: 'Active' }, ...more, metadata: { ...metadata, ...(more['metadata'] ?? {}) } };
}

const cluster = (...objects: readonly Manifest[]) => ({
  list: ({ kind }: Pick<Manifest, 'kind'>, namespace?: string): Promise<Manifest[]> =>
    Promise.resolve(objects.filter((each) => each.kind === kind && each.metadata.namespace === namespace)),
});
const NEVER_RENAMED = new FormerPaths({});
const driftOf = async (declared: readonly DescribedObject[], ...objects: readonly Manifest[]): Promise<Drift[]> =>
  findDrift(await readLive(cluster(...objects), declared, NEVER_RENAMED));

const files = configMap('a/files', 'files', { k: 'v' });
const task = object('a/task', 'Task', 'task', {
  spec: {
    steps: [{ name: 'make', script: 'one\ntwo\n', computeResources: { limits: { cpu: '1000m', memory: '1024Mi' } }, env: [] }],
  },
});

test('what the server keeps and adds, and labels and annotations of others, are no drift', async () => {
  const defaults = {
    spec: {
      steps: [
        {
          name: 'make',
          script: 'one\ntwo\n',
          computeResources: { limits: { cpu: '1', memory: '1Gi' } },
          imagePullPolicy: 'Always',
        },
      ],
      served: true,
    },
  };
  expect(await driftOf([files, task], live(files), live(task, defaults))).toEqual([]);
});

test('a declared field with another value, and who wrote it', async () => {
  const managedFields = [
    { manager: 'cloud-services-buildpacks', time: '2026-11-25T02:00:00Z', fieldsV1: { 'f:metadata': { 'f:name': {} } } },
    { manager: 'kubectl-edit', time: '2026-11-25T03:00:00Z', fieldsV1: { 'f:data': { '.': {}, 'f:k': {} } } },
  ];
  const edited = live(files, { data: { k: 'w' }, metadata: { managedFields } });
  expect(await driftOf([files], edited)).toEqual([
    {
      kind: 'changed',
      path: 'a/files',
      object: 'core/ConfigMap builds/files',
      fields: [
        {
          field: 'data.k',
          path: ['f:data', 'f:k'],
          kind: 'value',
          from: 'v',
          to: 'w',
          by: { manager: 'kubectl-edit', time: '2026-11-25T03:00:00.000Z' },
        },
      ],
    },
  ]);
});

test('a list without merge keys belongs as a whole to who wrote it', async () => {
  const managedFields = [{ manager: 'kubectl-patch', fieldsV1: { 'f:spec': { 'f:steps': {} } } }];
  const edited = live(task, { spec: { steps: [{ name: 'make', script: 'one\n2\n' }] }, metadata: { managedFields } });
  const [drift] = await driftOf([task], edited);
  expect(drift?.fields.map(({ field, by }) => [field, by?.manager])).toEqual([
    ['spec.steps[make].computeResources', 'kubectl-patch'],
    ['spec.steps[make].script', 'kubectl-patch'],
  ]);
});

test('keys that others add to data, and items to lists, are drift', async () => {
  const steps = [...(task.manifest['spec'] as { steps: object[] }).steps, { name: 'more', script: 'x' }];
  const drift = await driftOf([files, task], live(files, { data: { k: 'v', more: 'x' } }), live(task, { spec: { steps } }));
  expect(drift.flatMap(({ fields }) => fields.map(({ kind, field }) => `${kind} ${field}`))).toEqual([
    'added data.more',
    'added spec.steps[more]',
  ]);
});

test('what the server adds to an empty map that is no selector is a default', async () => {
  const namespace = object('a/namespace', 'Namespace', 'builds', { spec: {} });
  expect(await driftOf([namespace], live(namespace, { spec: { finalizers: ['kubernetes'] } }))).toEqual([]);
});

test('what others add to an empty selector, which takes everything', async () => {
  const policy = object('a/deny', 'NetworkPolicy', 'deny', { spec: { podSelector: {} } });
  const [drift] = await driftOf([policy], live(policy, { spec: { podSelector: { matchLabels: { a: 'b' } } } }));
  expect(drift?.fields).toMatchObject([{ kind: 'added', field: 'spec.podSelector.matchLabels', to: { a: 'b' } }]);
});

test('a declared label that was removed is drift; nobody owns it', async () => {
  const labelled = configMap('a/files', 'files', {});
  const declared = {
    ...labelled,
    manifest: { ...labelled.manifest, metadata: { ...labelled.manifest.metadata, labels: { x: 'y' } } },
  };
  const [drift] = await driftOf([declared], live(files, { data: {}, metadata: { labels: { other: 'z' } } }));
  expect(drift?.fields).toEqual([
    { field: 'metadata.labels.x', path: ['f:metadata', 'f:labels', 'f:x'], kind: 'removed', from: 'y' },
  ]);
});

test('missing objects, and objects of ours that nothing declares', async () => {
  const left = configMap('a/left', 'left', {});
  const foreign = configMap('a/foreign', 'foreign', {}).manifest;
  expect(await driftOf([files], live(left), foreign)).toMatchObject([
    { kind: 'missing', path: 'a/files', fields: [] },
    { kind: 'undeclared', path: 'a/left', object: 'core/ConfigMap builds/left' },
  ]);
});

test('the last object of a kind that nothing declares', async () => {
  const left = object('a/deny', 'NetworkPolicy', 'deny');
  expect(await driftOf([files], live(files), live(left))).toMatchObject([{ kind: 'undeclared', path: 'a/deny' }]);
});

describe('a run', () => {
  const declared = run('a/web', 'web-0123456789-1', 'r/web:c-1', { suite: 'bookworm' });
  const named = (name: string, creationTimestamp = '2026-11-25T02:00:00Z'): Manifest =>
    live(declared, { metadata: { name, creationTimestamp } });

  test('of a template is nothing of a declaration, though Tekton gives it the annotations of its pipeline', async () => {
    const pipeline = object('a/tool-image', 'Pipeline', 'tool-image', { spec: {} });
    const made = live(
      { ...declared, path: pipeline.path },
      { metadata: { name: 'hello-0-1', labels: { [TEMPLATE_LABEL]: 'hello' } } },
    );
    expect(await driftOf([pipeline], live(pipeline), made)).toEqual([]);
  });

  test('of another attempt is the declared one', async () => {
    expect(await driftOf([declared], named('web-0123456789-2'))).toEqual([]);
  });

  test('of an earlier declaration is no object left behind, beside the declared one', async () => {
    expect(await driftOf([declared], named('web-0123456789-1'), named('web-abcdef0123-1', '2026-11-24T00:00:00Z'))).toEqual([]);
  });

  test('of an earlier declaration alone is the drift of its construct', async () => {
    const [drift] = await driftOf([declared], named('web-abcdef0123-1'));
    expect(drift?.fields).toMatchObject([{ field: 'metadata.name', to: 'web-abcdef0123-1' }]);
  });
});

describe('what is removed once it has done its work', () => {
  const ended = run('a/web', 'web-0123456789-1', 'r/web:c-1');
  const job = (spec: object) => object('a/job', 'Job', 'job', { apiVersion: 'batch/v1', spec });
  const kept = job({ template: {} });
  const passing = job({ template: {}, ttlSecondsAfterFinished: 0 });

  test.each([
    ['a run that was pruned', ended],
    ['a Job with a time to live', passing],
  ])('%s is no drift, and no difference', async (_, declared) => {
    const environment = await readLive(cluster(live(files)), [files, declared], NEVER_RENAMED);
    expect(findDrift(environment)).toEqual([]);
    expect(describeLive(environment)).toEqual([files, declared]);
  });

  test('a Job that stays is missing', async () => {
    expect(await driftOf([files, kept], live(files))).toMatchObject([{ kind: 'missing', path: 'a/job' }]);
  });

  test('where nothing of ours is, it has not been there either', async () => {
    expect((await driftOf([files, ended, passing])).map(({ kind }) => kind)).toEqual(['missing', 'missing', 'missing']);
  });
});

test('the live side of a diff carries the path that the cluster knows', async () => {
  const moved = live({ ...files, path: 'before/files' });
  const [described] = describeLive(await readLive(cluster(moved), [files], NEVER_RENAMED));
  expect(described).toEqual({ chart: 'before', path: 'before/files', manifest: files.manifest });
});

describe('after a rename with an alias, the cluster keeps the first path, and', () => {
  const aliases: Aliases = { first: 'before', before: 'a' };
  const web = run('a/web', 'web-0123456789-1', 'r/web:c-1');
  const earlier = run('first/web', 'web-abcdef0123-1', 'r/web:c-0');
  const read = (...objects: readonly Manifest[]) => readLive(cluster(...objects), [files, web], new FormerPaths(aliases));

  test('nothing has moved', async () => {
    const environment = await read(live({ ...files, path: 'first/files' }), live({ ...web, path: 'before/web' }));
    expect(describeLive(environment).map(({ chart, path }) => [chart, path])).toEqual([
      ['a', 'a/files'],
      ['a', 'a/web'],
    ]);
    expect(findDrift(environment)).toEqual([]);
  });

  test('an earlier run is no object left behind', async () => {
    expect(findDrift(await read(live({ ...files, path: 'first/files' }), live(web), live(earlier)))).toEqual([]);
  });

  test('an earlier run alone is the drift of its construct', async () => {
    const drift = findDrift(await read(live({ ...files, path: 'first/files' }), live(earlier)));
    expect(drift).toMatchObject([{ kind: 'changed', path: 'a/web' }]);
  });
});

describe('a field that somebody added where nothing is declared', () => {
  const policy = object('a/deny', 'NetworkPolicy', 'deny', { spec: { podSelector: {}, policyTypes: ['Ingress'] } });
  const opened = (manager: string, more: object = {}): Manifest => {
    const fieldsV1 = { 'f:spec': { 'f:ingress': {} }, 'f:metadata': { 'f:labels': { 'f:theirs': {} } } };
    const entry = { manager, operation: 'Update', time: '2026-11-25T03:00:00Z', fieldsV1, ...more };
    const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] };
    return live(policy, { spec, metadata: { managedFields: [entry] } });
  };

  test('is drift, with who did it', async () => {
    expect(await driftOf([policy], opened('kubectl-edit'))).toEqual([
      {
        kind: 'changed',
        path: 'a/deny',
        object: 'core/NetworkPolicy builds/deny',
        fields: [
          {
            kind: 'added',
            field: 'spec.ingress',
            path: ['f:spec', 'f:ingress'],
            to: [{}],
            by: { manager: 'kubectl-edit', time: '2026-11-25T03:00:00.000Z' },
          },
        ],
      },
    ]);
  });

  test.each(['cloud-services-buildpacks', 'kube-controller-manager', 'controller', 'webhook', 'tekton-pipelines-controller'])(
    'by %s is none',
    async (manager) => {
      expect(await driftOf([policy], opened(manager))).toEqual([]);
    },
  );

  test('of metadata alone is none', async () => {
    const managedFields = [{ manager: 'kubectl-label', fieldsV1: { 'f:metadata': { 'f:labels': { 'f:theirs': {} } } } }];
    expect(await driftOf([files], live(files, { metadata: { managedFields } }))).toEqual([]);
  });

  test('through a subresource is none', async () => {
    expect(await driftOf([policy], opened('hpa', { subresource: 'scale' }))).toEqual([]);
  });

  test('in a pod: host network, privileges and a host path, but no defaults', async () => {
    const pod = { containers: [{ name: 'web', image: 'x', ports: [{ containerPort: 80 }] }] };
    const web = object('a/web', 'Deployment', 'web', { spec: { template: { spec: pod } } });
    const container = {
      name: 'web',
      image: 'x',
      imagePullPolicy: 'Always',
      ports: [{ containerPort: 80, protocol: 'TCP', hostPort: 80 }],
      securityContext: { privileged: true },
    };
    const volumes = [{ name: 'host', hostPath: { path: '/', type: '' } }];
    const changed = { restartPolicy: 'Always', hostNetwork: true, volumes, containers: [container] };
    const fields = {
      'f:hostNetwork': {},
      'f:volumes': { '.': {}, 'k:{"name":"host"}': { '.': {}, 'f:name': {}, 'f:hostPath': { 'f:path': {} } } },
      'f:containers': {
        'k:{"name":"web"}': {
          'f:image': {},
          'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': { 'f:hostPort': {} } },
          'f:securityContext': { '.': {}, 'f:privileged': {} },
        },
      },
    };
    const managedFields = [{ manager: 'kubectl-patch', fieldsV1: { 'f:spec': { 'f:template': { 'f:spec': fields } } } }];
    const [drift] = await driftOf([web], live(web, { spec: { template: { spec: changed } }, metadata: { managedFields } }));
    expect(drift?.fields.map(({ kind, field, by }) => [kind, field, by?.manager])).toEqual([
      ['added', 'spec.template.spec.hostNetwork', 'kubectl-patch'],
      ['added', 'spec.template.spec.volumes', 'kubectl-patch'],
      ['added', 'spec.template.spec.containers[web].ports[80,TCP].hostPort', 'kubectl-patch'],
      ['added', 'spec.template.spec.containers[web].securityContext', 'kubectl-patch'],
    ]);
  });

  test('within a list that is owned as a whole', async () => {
    const role = object('a/role', 'Role', 'role', { rules: [{ verbs: ['get'], resources: ['pods'] }] });
    const rules = [{ verbs: ['get'], resources: ['pods'], nonResourceURLs: ['*'], resourceNames: [] }];
    const managedFields = [{ manager: 'kubectl-edit', fieldsV1: { 'f:rules': {} } }];
    const [drift] = await driftOf([role], live(role, { rules, metadata: { managedFields } }));
    expect(drift?.fields.map(({ field }) => field)).toEqual(['rules[0].nonResourceURLs']);
  });

  test('is said once, when the comparison of lists and data finds it too, or two own it', async () => {
    const owned = { fieldsV1: { 'f:data': { 'f:more': {} } } };
    const managedFields = [
      { manager: 'one', ...owned },
      { manager: 'two', ...owned },
    ];
    const [drift] = await driftOf([files], live(files, { data: { k: 'v', more: 'x' }, metadata: { managedFields } }));
    expect(drift?.fields.map(({ field }) => field)).toEqual(['data.more']);
  });
});

test('for people', async () => {
  const managedFields = [{ manager: 'kubectl-edit', time: '2026-11-25T03:00:00Z', fieldsV1: { 'f:data': { 'f:k': {} } } }];
  const gone = configMap('a/gone', 'gone', {});
  const drift = await driftOf([files, gone], live(files, { data: { k: 'w' }, metadata: { managedFields } }));
  expect(stripVTControlCharacters(renderDrift(drift))).toBe(
    `~ a/files  core/ConfigMap builds/files  changed
    data.k: v -> w
    by kubectl-edit at 2026-11-25T03:00:00.000Z
- a/gone  core/ConfigMap builds/gone  missing
Objects that differ: 2.`,
  );
  expect(renderDrift([])).toBe('No drift: the cluster has what is declared.');
});
