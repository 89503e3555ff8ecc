import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, Chart } from 'cdk8s';
import { deployObjects } from '../../lib/deploy/adapter';
import type { RunOutcome, RunStatus } from '../../lib/deploy/run-outcome';
import { FormerPaths } from '../../lib/synth/aliases';
import { EnvironmentApp } from '../../lib/synth/app';

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: { readonly metadata?: { readonly name: string; readonly annotations: Readonly<Record<string, string>> } };
}

const registered: Registered[] = [];
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
  await pulumi.runtime.setMocks({
    newResource: ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => {
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
    explain: () => Promise.resolve(''),
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
