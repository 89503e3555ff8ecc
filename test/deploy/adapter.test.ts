import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeployOptions, deployObjects } from '../../lib/deploy/adapter';
import type { RunOutcome, RunStatus } from '../../lib/deploy/run-outcome';
import { parseRunName } from '../../lib/deploy/attempts';
import { FormerPaths } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';
import type { Params } from '../../lib/tekton/params';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly metadata?: { readonly name: string; readonly annotations: Readonly<Record<string, string>> } };
}

const registered: Registered[] = [];
/** Resources whose creation takes a while, by name. */
const slow = new Set<string>();
const statuses = new Map<string, RunStatus>();
const RUN = 'base-0123456789-1';
const GOOD: RunStatus = {
  conditions: [{ type: 'Succeeded', status: 'True', reason: 'Succeeded' }],
  startTime: '2026-01-01T00:00:00Z',
  completionTime: '2026-01-01T00:00:42Z',
  results: [
    { name: 'digest', value: 'sha256:abc' },
    { name: 'made', value: 'built' },
  ],
};

beforeEach(async () => {
  registered.length = 0;
  statuses.clear();
  slow.clear();
  await pulumi.runtime.setMocks({
    newResource: async ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
      if (slow.has(name.replace(/#.*$/, ''))) await sleep(100);
      registered.push({ type, name, inputs: inputs as Registered['inputs'] });
      const own = (inputs as Registered['inputs']).metadata?.name ?? '';
      return { id: name, state: { ...(inputs as object), ...(statuses.has(own) && { status: statuses.get(own) }) } };
    },
    call: () => ({}),
  });
});

function object(scope: Chart, id: string, apiVersion: string, kind: string, rest: object = {}): ApiObject {
  return new ApiObject(scope, id, { apiVersion, kind, metadata: { name: id, ...rest } });
}

function environment(): EnvironmentApp {
  const app = new EnvironmentApp('test');
  const first = new Chart(app, 'first', { namespace: 'builds', disableResourceNameHashes: true });
  object(first, 'config', 'v1', 'ConfigMap');
  object(first, 'task', 'tekton.dev/v1', 'Task');
  object(first, 'role', 'rbac.authorization.k8s.io/v1', 'Role');
  const second = new Chart(app, 'second', { namespace: 'builds', disableResourceNameHashes: true });
  second.addDependency(first);
  const run = new ApiObject(second, 'run', {
    apiVersion: 'tekton.dev/v1',
    kind: 'PipelineRun',
    metadata: { name: RUN, annotations: { 'cloud-services-buildpacks.toolforge.org/image': 'registry/x:c-1' } },
    spec: { timeouts: { pipeline: '30m0s' } },
  });
  object(second, 'after', 'v1', 'ConfigMap').node.addDependency(run);
  return app;
}

async function deploy(attempts: ReadonlyMap<string, number> = new Map()): Promise<RunOutcome> {
  const provider = new k8s.Provider('cluster', {});
  const { runs } = deployObjects(environment().synthesize().objects, {
    provider,
    attempts,
    formerPaths: new FormerPaths({}),
    explain: () => Promise.resolve({ text: '', mayPass: false }),
    watchRun: () => () => undefined,
  });
  return new Promise((resolve) => {
    runs['second/run']?.apply((outcome) => {
      setImmediate(() => {
        resolve(outcome);
      });
    });
  });
}

test('one resource an object, of the typed class where there is one, named by construct path', async () => {
  statuses.set(RUN, GOOD);
  await deploy();
  expect(
    registered
      .filter(({ type }) => type.startsWith('kubernetes:'))
      .map(({ type, name }) => `${name} ${type}`)
      .sort(),
  ).toEqual([
    'first/config kubernetes:core/v1:ConfigMap',
    'first/role kubernetes:rbac.authorization.k8s.io/v1:Role',
    'first/task kubernetes:tekton.dev/v1:Task',
    'second/after kubernetes:core/v1:ConfigMap',
    'second/run#0123456789 kubernetes:tekton.dev/v1:PipelineRun',
  ]);
});

test('every object carries its path and one field manager, a run the end that is waited for', async () => {
  statuses.set(RUN, GOOD);
  await deploy();
  const run = registered.find(({ name }) => name.startsWith('second/run'));
  expect(run?.inputs.metadata?.annotations).toMatchObject({
    'cloud-services-buildpacks.toolforge.org/path': 'second/run',
    'pulumi.com/patchFieldManager': 'cloud-services-buildpacks',
    'pulumi.com/waitFor': 'jsonpath={.status.completionTime}',
  });
});

test('the outcome of a run is its image by digest', async () => {
  statuses.set(RUN, GOOD);
  expect(await deploy()).toEqual({ run: RUN, image: 'registry/x:c-1@sha256:abc', made: 'built', seconds: 42 });
});

test('a wanted attempt is deployed under its own name', async () => {
  statuses.set('base-0123456789-3', GOOD);
  expect((await deploy(new Map([['base-0123456789', 3]]))).run).toBe('base-0123456789-3');
});

/** What was registered with Pulumi, in this order: registering waits for what a resource depends on. */
async function registrationOrder(app: EnvironmentApp, more: Partial<DeployOptions> = {}): Promise<string[]> {
  const provider = new k8s.Provider('cluster', {});
  const { objects } = app.synthesize();
  const formerPaths = new FormerPaths({});
  deployObjects(objects, {
    provider,
    attempts: new Map(),
    formerPaths,
    explain: () => Promise.resolve({ text: '', mayPass: false }),
    watchRun: () => () => undefined,
    ...more,
  });
  await pulumi.runtime.disconnect();
  return registered.filter(({ type }) => type.startsWith('kubernetes:')).map(({ name }) => name);
}

test.each<[string, (app: EnvironmentApp, chart: (id: string) => Chart, first: Chart, last: Chart) => void]>([
  [
    'an empty chart',
    (_, chart, first, last) => {
      const empty = chart('empty');
      empty.addDependency(first);
      last.addDependency(empty);
    },
  ],
  [
    'two empty charts',
    (_, chart, first, last) => {
      const [one, two] = [chart('one'), chart('two')];
      one.addDependency(first);
      two.addDependency(one);
      last.addDependency(two);
    },
  ],
  [
    'an empty construct',
    (_, chart, first, last) => {
      const empty = new Construct(chart('around'), 'empty');
      empty.node.addDependency(first);
      last.addDependency(empty);
    },
  ],
  [
    'a construct of the other chart',
    (_, __, first, last) => {
      last.addDependency(first.node.findChild('config'));
    },
  ],
])('%s between two charts does not cut their order', async (_, connect) => {
  const app = new EnvironmentApp('test');
  const chart = (id: string): Chart => new Chart(app, id, { namespace: 'builds', disableResourceNameHashes: true });
  const last = chart('a-last');
  const first = chart('z-first');
  object(last, 'config', 'v1', 'ConfigMap', { name: 'last' });
  object(first, 'config', 'v1', 'ConfigMap', { name: 'first' });
  connect(app, chart, first, last);
  slow.add('z-first/config');
  expect(await registrationOrder(app)).toEqual(['z-first/config', 'a-last/config']);
});

describe('a run of which something lasts', () => {
  const LAYERS = 'registry/image:c-1';
  const environmentOfTwo = () => {
    const app = new EnvironmentApp('test');
    const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
    const stack = object(chart, 'stack', 'v1', 'ConfigMap');
    const builder = object(chart, 'builder', 'v1', 'ConfigMap');
    const pipeline = Pipeline.fromPipelineName(chart, 'pipeline', 'image', {});
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'builder');
    const run = new PipelineRun(chart, 'run', {
      pipeline,
      params: {},
      serviceAccount,
      lasting: { what: LAYERS, from: [builder] },
    });
    run.node.addDependency(stack);
    statuses.set(run.name, GOOD);
    slow.add('chart/builder');
    return { app, run, chart, pipeline, serviceAccount };
  };
  const registers = async (options: (run: PipelineRun<Params>) => Partial<DeployOptions>): Promise<string[]> => {
    const { app, run } = environmentOfTwo();
    const order = await registrationOrder(app, options(run));
    return order.map((name) => name.replace(/^chart\/|#.*$/g, ''));
  };

  test('waits for all that it depends on, while nothing is known of it', async () => {
    expect((await registers(() => ({}))).at(-1)).toBe('run');
    expect((await registers(() => ({ madeBefore: new Set(['registry/other:c-1']) }))).at(-1)).toBe('run');
  });

  test('does not wait for what only making it needs, when a run has made it before', async () => {
    expect(await registers(() => ({ madeBefore: new Set([LAYERS]) }))).toEqual(['stack', 'run', 'builder']);
  });

  test('goes after its canary then, and beside it otherwise', async () => {
    const orderWith = async (...made: readonly string[]): Promise<string[]> => {
      registered.length = 0;
      const { app, run, chart, pipeline, serviceAccount } = environmentOfTwo();
      const other = new PipelineRun(chart, 'z-other', {
        ...{ pipeline, serviceAccount, params: {} },
        lasting: { what: 'registry/other:c-1', from: [], after: run },
      });
      statuses.set(other.name, GOOD);
      slow.add('chart/run');
      const order = await registrationOrder(app, { madeBefore: new Set(made) });
      return order.map((name) => name.replace(/^chart\/|#.*$/g, '')).filter((name) => name !== 'builder');
    };
    expect(await orderWith(LAYERS, 'registry/other:c-1')).toEqual(['stack', 'run', 'z-other']);
    expect(await orderWith()).toEqual(['stack', 'z-other', 'run']);
    // What has to be built may wait for long, or in vain.
    expect(await orderWith('registry/other:c-1')).toEqual(['stack', 'z-other', 'run']);
  });

  test('waits for all when another attempt is asked for: what was made may be there no more', async () => {
    const again = ({ name }: PipelineRun<Params>) => new Map([[parseRunName(name)?.run ?? '', 2]]);
    const order = await registers((run) => {
      statuses.set(run.name.replace(/1$/, '2'), GOOD);
      return { madeBefore: new Set([LAYERS]), attempts: again(run) };
    });
    expect(order.at(-1)).toBe('run');
  });
});

describe('what runs do without', () => {
  const LAYERS = 'registry/image:c-1';

  /** An image on a run image, whose builder has a build image; all four are runs. */
  function environmentOfRuns(connect: (chart: Chart, builder: PipelineRun<Params>) => void = () => undefined) {
    const app = new EnvironmentApp('test');
    const chart = new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true });
    const pipeline = Pipeline.fromPipelineName(chart, 'pipeline', 'image', {});
    const serviceAccount = ServiceAccount.fromServiceAccountName(chart, 'account', 'builder');
    const made = (id: string, from: readonly Construct[], lasting?: readonly Construct[]): PipelineRun<Params> => {
      const run = new PipelineRun(chart, id, {
        ...{ pipeline, params: {}, serviceAccount },
        ...(lasting && { lasting: { what: LAYERS, from: lasting } }),
      });
      run.node.addDependency(...from);
      statuses.set(run.name, GOOD);
      return run;
    };
    const runImage = made('a-run-image', []);
    const builder = made('c-builder', [made('b-build-image', [runImage])]);
    const image = made('d-image', [runImage], [builder]);
    connect(chart, builder);
    return { app, image };
  }
  const short = (order: readonly string[]): string[] => order.map((name) => name.replace(/^chart\/(\w-)?|\/.*$|#.*$/g, ''));
  const KNOWN = { madeBefore: new Set([LAYERS]) };

  test('is made when they have ended', async () => {
    const { app } = environmentOfRuns();
    slow.add('chart/d-image');
    expect(short(await registrationOrder(app, KNOWN))).toEqual(['run-image', 'image', 'build-image', 'builder']);
  });

  test('is made before what has to wait for it', async () => {
    const { app } = environmentOfRuns((chart, builder) => {
      object(chart, 'z-other', 'v1', 'ConfigMap').addDependency(builder.node.defaultChild as ApiObject);
    });
    slow.add('chart/d-image');
    const order = short(await registrationOrder(app, KNOWN));
    expect(order.indexOf('other')).toBeGreaterThan(order.indexOf('builder'));
    expect(order.indexOf('builder')).toBeLessThan(order.indexOf('image'));
  });

  test('is made first while nothing is known of them', async () => {
    const { app } = environmentOfRuns();
    expect(short(await registrationOrder(app))).toEqual(['run-image', 'build-image', 'builder', 'image']);
  });

  test('is made when one of them has failed, too', async () => {
    const { app, image } = environmentOfRuns();
    const { conditions, ...ended } = GOOD;
    statuses.set(image.name, { ...ended, conditions: [{ ...conditions?.[0], type: 'Succeeded', status: 'False' }] });
    slow.add('chart/d-image');
    // Whose reason is asked for longer than this test goes on: it would end that.
    const explain = jest.fn(() => new Promise<never>(() => undefined));
    const order = await registrationOrder(app, { ...KNOWN, explain });
    expect(short(order)).toEqual(['run-image', 'image', 'build-image', 'builder']);
    expect(explain).toHaveBeenCalledTimes(1);
  });
});
