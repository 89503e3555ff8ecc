import { RUN_NAME } from '../../lib/tekton/params';
import { Chart } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Registry } from '../../lib/registry/registry';
import { EnvironmentApp } from '../../lib/synth/app';
import { Pipeline } from '../../lib/tekton/pipeline';
import { PipelineRun } from '../../lib/tekton/pipeline-run';
import { CONTRACT_STEPS } from '../../lib/toolforge/contract/contract';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { contractParams, contractTask } from '../../lib/toolforge/contract/contract-task';
import { TOOLFORGE as toolforge } from './toolforge';

function synthesize(declare: (chart: Chart) => void) {
  const app = new EnvironmentApp('test');
  declare(new Chart(app, 'chart', { namespace: 'builds', disableResourceNameHashes: true }));
  return app.synthesize().objects.map(({ manifest }) => manifest);
}

const contract = (chart: Chart) =>
  contractTask(chart, {
    registry: new Registry({ host: 'registry.test', plainHttp: false, pushSecret: 'push' }),
    toolbox: 'registry.test/toolbox:1',
    toolforge,
    environment: 'tools',
  });

interface TaskSpec {
  readonly steps: readonly {
    readonly name: string;
    readonly securityContext: object;
    readonly volumeMounts: readonly { readonly name: string }[];
  }[];
  readonly volumes: readonly { readonly name: string }[];
}

test('the token and the credentials of the registry are never in one step', () => {
  const task = synthesize((chart) => contract(chart)).find(({ kind }) => kind === 'Task')?.['spec'] as TaskSpec;
  expect(task.steps.map(({ name, volumeMounts }) => [name, ...volumeMounts.map((mount) => mount.name)])).toEqual([
    ['look-up', 'work', 'credentials'],
    ['pods', 'work', 'contract', 'api'],
    ['attest', 'work', 'contract', 'credentials'],
  ]);
  for (const { securityContext } of task.steps)
    expect(securityContext).toMatchObject({ runAsUser: 65534, capabilities: { drop: ['ALL'] } });
});

test('the token is projected into the one volume, with the authority of the API server', () => {
  const task = synthesize((chart) => contract(chart)).find(({ kind }) => kind === 'Task')?.['spec'] as TaskSpec;
  expect(task.volumes).toContainEqual({
    name: 'api',
    projected: {
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    },
  });
});

test('the files stand before the task, under the name of their content', () => {
  const objects = synthesize((chart) => contract(chart));
  expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
    ['ConfigMap', expect.stringMatching(/^contract-[0-9a-f]{16}$/)],
    ['Task', 'contract'],
  ]);
});

/** A run that gives one task of its pipeline another service account. */
function runWith(task: string) {
  return synthesize((chart) => {
    const pipeline = new Pipeline(chart, 'try', { description: 'x', params: contractParams, workspaces: ['family'] });
    pipeline.addTask('contract', contract(chart), { params: pipeline.params, workspaces: { family: 'family' } });
    const account = (name: string) => new ServiceAccount(chart, name, { metadata: { name } });
    const params = { image: 'x:1', name: 'x', family: '{}', contract: 'v', run: RUN_NAME };
    const serviceAccounts = { [task]: account('contract-account') };
    const workspaces = { family: { configMap: 'x' } };
    new PipelineRun(chart, 'run', { pipeline, params, workspaces, serviceAccount: account('builder'), serviceAccounts });
  }).at(-1);
}

test('the run gives the task a service account of its own', () => {
  expect(runWith('contract')?.['spec']).toMatchObject({
    taskRunTemplate: { serviceAccountName: 'builder', podTemplate: { automountServiceAccountToken: false } },
    taskRunSpecs: [{ pipelineTaskName: 'contract', serviceAccountName: 'contract-account' }],
  });
});

test('a service account for a task that there is not is said at synth', () => {
  expect(() => runWith('contrat')).toThrow("serviceAccounts names 'contrat'; the pipeline has the tasks contract");
});

test('the service account may do four things with pods of the two tools, and read their logs', () => {
  const objects = synthesize(
    (chart) => new ContractAccess(chart, 'access', { namespace: 'builds', tools: contractTools(toolforge) }),
  );
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`)).toEqual([
    'ServiceAccount builds/contract',
    'Role tool-one/image-contract',
    'RoleBinding tool-one/image-contract',
    'Role tool-two/image-contract',
    'RoleBinding tool-two/image-contract',
  ]);
  expect(objects[0]).toMatchObject({ automountServiceAccountToken: false });
  expect(objects[1]?.['rules']).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'delete'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ]);
  expect(objects[2]?.['subjects']).toEqual([{ apiGroup: '', kind: 'ServiceAccount', name: 'contract', namespace: 'builds' }]);
});

test('the step that makes pods is told who the tools are', () => {
  const task = synthesize((chart) => contract(chart)).find(({ kind }) => kind === 'Task');
  expect(JSON.stringify(task)).toContain(JSON.stringify(JSON.stringify(contractTools(toolforge))).slice(1, -1));
  expect(contractTools(toolforge)[1]).toEqual({
    name: 'two',
    uid: 50002,
    account: 'tools.two',
    home: '/data/project/two',
    namespace: 'tool-two',
  });
});

test("pods are named by the run of the task: those that a run of the same name has left are in nobody's way", () => {
  const task = synthesize((chart) => contract(chart)).find(({ kind }) => kind === 'Task')?.['spec'] as {
    readonly stepTemplate: { readonly env: readonly object[] };
  };
  expect(task.stepTemplate.env).toContainEqual({ name: 'TASK_RUN', value: '$(context.taskRun.uid)' });
  expect(CONTRACT_STEPS.pods).toContain('--arg id "$(cut -c 8-15 /work/image-digest)-${TASK_RUN:0:8}"');
});

test('only the step that judges can push, and only what passed', () => {
  expect(CONTRACT_STEPS.pods).not.toContain('csb-registry');
  expect(CONTRACT_STEPS.attest.indexOf('exit 1')).toBeLessThan(CONTRACT_STEPS.attest.indexOf('csb-registry attest'));
});
