import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { external } from '../../lib/synth/external';
import { SynthesisError } from '../../lib/synth/validation';

const FILE = 'test/synth/problems.test.ts';

function tree(): { app: EnvironmentApp; chart: EnvironmentChart } {
  const app = new EnvironmentApp('test', { whole: true });
  return { app, chart: new EnvironmentChart(app, 'chart', { namespace: 'builds' }) };
}

function object(scope: Construct, id: string, kind = 'ConfigMap', rest: object = {}, metadata: object = {}): ApiObject {
  const apiVersion = /^(Task|Pipeline)/.test(kind)
    ? 'tekton.dev/v1'
    : kind.startsWith('Role')
      ? 'rbac.authorization.k8s.io/v1'
      : 'v1';
  return new ApiObject(scope, id, { apiVersion, kind, metadata: { name: id, ...metadata }, ...rest });
}

function problemsOf(app: EnvironmentApp): readonly string[] {
  try {
    app.synthesize();
    return [];
  } catch (error) {
    if (error instanceof SynthesisError) return error.problems;
    throw error;
  }
}

describe('each problem says where it is and in which file', () => {
  test('of all kinds at once, also beside a cycle', () => {
    const { app, chart } = tree();
    const one = object(chart, 'one');
    one.node.addDependency(object(chart, 'two'));
    chart.node.findChild('two').node.addDependency(one);
    object(chart, 'broken', 'ConfigMap', { data: { when: new Date(0) } });
    object(chart, 'Not_Allowed');
    object(chart, 'account', 'Pod', { spec: { serviceAccountName: 'nobody', containers: [] } });
    expect(problemsOf(app)).toEqual([
      `chart/broken (${FILE}): cannot be rendered: can't render non-simple object of type 'Date'`,
      `chart/one (${FILE}): dependency cycle: chart/one -> chart/two -> chart/one; remove one of these dependencies`,
      `chart/Not_Allowed (${FILE}): the name 'Not_Allowed' of the ConfigMap is not lower-case letters, digits, '-' and '.'; rename the construct`,
      `chart/account (${FILE}): names ServiceAccount builds/nobody, which nothing declares; declare it, or say with external() who makes it`,
    ]);
  });

  test('what constructs say of themselves has its path once; what they throw is told too', () => {
    const { app, chart } = tree();
    chart.node.addValidation({ validate: () => ['is empty', 'chart: has no objects'] });
    const broken = new Construct(chart, 'broken');
    broken.node.addValidation({
      validate: () => {
        throw new Error('no lock');
      },
    });
    expect(problemsOf(app)).toEqual([
      `chart (${FILE}): is empty`,
      `chart (${FILE}): has no objects`,
      `chart/broken (${FILE}): cannot be validated: no lock`,
    ]);
  });

  test('in a plain chart no file is named', () => {
    const app = new EnvironmentApp('test');
    object(new Chart(app, 'chart'), 'A_B');
    expect(problemsOf(app)).toEqual([expect.stringMatching(/^chart\/A_B: the name/)]);
  });
});

describe('dependencies', () => {
  test('each cycle is told once, wherever it was met; the rest stays in order', () => {
    const { app, chart } = tree();
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => object(chart, id)) as [ApiObject, ApiObject, ApiObject, ApiObject];
    a.node.addDependency(b);
    b.node.addDependency(c);
    c.node.addDependency(a, b);
    d.node.addDependency(a);
    const cycles = problemsOf(app).map((each) => /dependency cycle: [^;]*/.exec(each)?.[0]);
    expect(cycles).toEqual([
      'dependency cycle: chart/a -> chart/b -> chart/c -> chart/a',
      'dependency cycle: chart/b -> chart/c -> chart/b',
    ]);
  });

  test('a cycle through the chart around is told by all stops', () => {
    const { app, chart } = tree();
    const other = new EnvironmentChart(app, 'other', { namespace: 'builds' });
    chart.addDependency(other);
    object(other, 'inner').node.addDependency(chart);
    expect(problemsOf(app)).toEqual([expect.stringContaining('chart -> other -> other/inner -> chart')]);
  });

  test('on a construct of another app', () => {
    const { app, chart } = tree();
    object(chart, 'map').node.addDependency(object(new Chart(new App(), 'far'), 'away'));
    expect(problemsOf(app)).toEqual([
      `chart/map (${FILE}): depends on far/away, which is in the tree of another app; depend on a construct of this environment`,
    ]);
  });

  test('a chain of 20,000 is no deeper than one of two', () => {
    const { app, chart } = tree();
    const all = Array.from({ length: 20_000 }, (_, n) => object(chart, `map${n}`));
    all.forEach((each, n) => {
      const next = all[n + 1];
      if (next) each.node.addDependency(next);
    });
    const paths = app.synthesize().objects.map(({ path }) => path);
    expect([paths[0], paths.at(-1), paths.length]).toEqual(['chart/map19999', 'chart/map0', 20_000]);
  });
});

describe('values that are none', () => {
  test.each([
    ['a token', '${Token[TOKEN.7]}', "spec.values[1] holds '${Token[TOKEN.7]}'"],
    ['a Lazy in a text', `x ${String(Lazy.any({ produce: () => 1 }))}`, "spec.values[1] holds '[object Object]'"],
    [
      'an Output in a text',
      'Calling [toString] on an [Output<T>] is not supported.',
      "holds 'Calling [toString] on an [Output<T>]'",
    ],
    ['no number', Number.NaN, 'spec.values[1] is NaN'],
    ['undefined in a list', undefined, 'spec.values[1] is undefined'],
    ['a function', () => 1, 'spec.values[1] is a function'],
  ])('%s', (_, value, said) => {
    const { app, chart } = tree();
    object(chart, 'map', 'Thing', { spec: { values: ['fine', value] } });
    expect(problemsOf(app)).toEqual([expect.stringContaining(`chart/map (${FILE}): `) as string]);
    expect(problemsOf(app)[0]).toContain(said);
  });

  test('what is lazy becomes what it stands for', () => {
    const { app, chart } = tree();
    object(chart, 'map', 'ConfigMap', { data: Lazy.any({ produce: () => ({ a: 'b' }) }) as unknown });
    expect(app.synthesize().objects[0]?.manifest['data']).toEqual({ a: 'b' });
  });
});

describe('names and labels', () => {
  test('a name that cdk8s has cut', () => {
    const { app, chart } = tree();
    const long = 'a-part-of-twenty-chars';
    new ApiObject(new Construct(new Construct(chart, `x${long}`), `y${long}`), `z${long}`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
    });
    expect(problemsOf(app)).toEqual([
      expect.stringMatching(
        /the name of the ConfigMap was cut to '.*': 'chart-x.*' has more than 63 characters, .*shorten the ids/,
      ),
    ]);
  });

  test('labels, annotations, containers and volumes', () => {
    const { app, chart } = tree();
    const labels = { long: 'x'.repeat(64), 'a b': 'fine', end: 'no-' };
    object(chart, 'map', 'ConfigMap', {}, { labels, annotations: { 'two/many/parts': 'x' } });
    const template = { metadata: { labels: { 'in-template': '-' } } };
    object(chart, 'pod', 'Pod', { spec: { containers: [{ name: 'A' }], volumes: [{ name: 'b_c', emptyDir: {} }], template } });
    const said = [
      "the label end has the value 'no-'",
      `the label long has the value '${'x'.repeat(64)}'`,
      "'a b' cannot be the key of a label",
      "'two/many/parts' cannot be the key of an annotation",
      "the name 'A' of a container is not",
      "the name 'b_c' of a volume is not",
      "the label in-template has the value '-'",
    ];
    const problems = problemsOf(app);
    for (const each of said) expect(problems).toContainEqual(expect.stringContaining(each));
    expect(problems).toHaveLength(said.length);
  });
});

describe('references', () => {
  const pod = { spec: { containers: [{ name: 'a', envFrom: [{ secretRef: { name: 'secret' } }] }] } };

  test.each<[string, string, object, string[]]>([
    ['a pod', 'Pod', pod, ['Secret builds/secret']],
    [
      'a task',
      'Task',
      {
        spec: {
          volumes: [
            { name: 'a', configMap: { name: 'files' } },
            { name: 'b', projected: { sources: [{ secret: { name: 'keys' } }] } },
            { name: 'c', persistentVolumeClaim: { claimName: 'disk' } },
          ],
          steps: [{ name: 'x', env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'values', key: 'a' } } }] }],
        },
      },
      ['ConfigMap builds/files', 'Secret builds/keys', 'PersistentVolumeClaim builds/disk', 'ConfigMap builds/values'],
    ],
    [
      'a pipeline',
      'Pipeline',
      { spec: { tasks: [{ name: 'a', taskRef: { kind: 'Task', name: 'task' } }] } },
      ['Task builds/task'],
    ],
    [
      'a run',
      'PipelineRun',
      {
        spec: {
          pipelineRef: { name: 'pipeline' },
          workspaces: [{ name: 'w', configMap: { name: 'files' } }],
          taskRunTemplate: { serviceAccountName: 'builder' },
          taskRunSpecs: [{ pipelineTaskName: 'a', serviceAccountName: 'other' }],
        },
      },
      ['Pipeline builds/pipeline', 'ConfigMap builds/files', 'ServiceAccount builds/builder', 'ServiceAccount builds/other'],
    ],
    [
      'a binding',
      'RoleBinding',
      {
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'role' },
        subjects: [{ kind: 'ServiceAccount', name: 'account', namespace: 'elsewhere' }],
      },
      ['Role builds/role', 'ServiceAccount elsewhere/account'],
    ],
  ])('of %s', (_, kind, rest, named) => {
    const { app, chart } = tree();
    object(chart, 'object', kind, rest);
    expect(problemsOf(app)).toEqual(
      named.map(
        (each) =>
          `chart/object (${FILE}): names ${each}, which nothing declares; declare it, or say with external() who makes it`,
      ),
    );
  });

  test('to what is declared, built in, optional, external or only known to a run', () => {
    const { app, chart } = tree();
    object(chart, 'files');
    external(chart, 'push', { apiVersion: 'v1', kind: 'Secret', namespace: 'builds', name: 'push', madeBy: 'People, by hand.' });
    object(chart, 'task', 'Task', {
      spec: {
        volumes: [
          { name: 'a', configMap: { name: 'files' } },
          { name: 'b', configMap: { name: 'kube-root-ca.crt' } },
          { name: 'c', configMap: { name: 'perhaps', optional: true } },
          { name: 'd', secret: { secretName: 'push' } },
          { name: 'e', configMap: { name: '$(params.files)' } },
        ],
        steps: [],
      },
    });
    object(chart, 'pod', 'Pod', { spec: { serviceAccountName: 'default', containers: [] } });
    const { objects } = app.synthesize();
    expect(objects.map(({ path }) => path)).toEqual(['chart/files', 'chart/task', 'chart/pod']);
  });

  test('of that name in another namespace, or of another kind, is none', () => {
    const { app, chart } = tree();
    object(chart, 'secret', 'Secret', {}, { namespace: 'elsewhere' });
    object(chart, 'map', 'ConfigMap', {}, { name: 'secret' });
    object(chart, 'pod', 'Pod', pod);
    expect(problemsOf(app)).toEqual([expect.stringContaining('names Secret builds/secret')]);
  });

  test('a part of an environment may name what another part declares', () => {
    const app = new EnvironmentApp('test');
    object(new EnvironmentChart(app, 'chart'), 'pod', 'Pod', pod);
    expect(problemsOf(app)).toEqual([]);
  });

  test('an external object has somebody who makes it', () => {
    const { chart } = tree();
    expect(() => external(chart, 'x', { apiVersion: 'v1', kind: 'Secret', name: 'x', madeBy: ' ' })).toThrow(
      'chart/x: madeBy is empty; say in a sentence who makes Secret x',
    );
  });
});
