/**
 * dist/ of every environment and what every construct renders pass a server-side dry-run: the API server's strict field validation and Tekton's webhooks, which see what
 * no schema says. Nothing stays but namespaces for the time of the test: a dry-run wants those of its objects to exist.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ApiObject } from 'cdk8s';
import { dump } from 'js-yaml';
import { readSettings } from '../../../lib/settings/settings';
import { EnvironmentApp } from '../../../lib/synth/app';
import { isOfCluster, manifestOf } from '../../../lib/synth/manifest';
import type { Manifest } from '../../../lib/synth/synthesized';
import { house } from '../../buildpacks/house';
import { Examples } from '../../examples/constructs';
import { environments, objectsOf } from '../../schema/dist';
import { everything } from '../../tekton/everything';
import { kubectl } from '../checkout';

const NAMESPACE = 'dry-run-test';
const LABEL = 'cloud-services-buildpacks/made-for=dry-run-test';

beforeAll(() => {
  const wanted = [...environments.flatMap(objectsOf).map(namespaceOf), NAMESPACE];
  const there = kubectl('get', 'namespaces', '--output=name').trim().split('\n');
  for (const namespace of new Set(wanted.filter((each) => each !== undefined && !there.includes(`namespace/${each}`)))) {
    kubectl('create', 'namespace', namespace ?? '');
    kubectl('label', 'namespace', namespace ?? '', LABEL);
  }
});

afterAll(() => {
  kubectl('delete', 'namespaces', '--selector', LABEL);
});

test.each(environments)('%s', (environment) => {
  const objects = objectsOf(environment);
  const { status, stdout, stderr } = dryRun(objects);
  expect(stderr).toBe('');
  expect(stdout.trim().split('\n')).toHaveLength(objects.length);
  expect(stdout).not.toMatch(/^(?!.* serverside-applied \(server dry run\)$).+$/m);
  expect(status).toBe(0);
});

test.each<[string, () => readonly Manifest[]]>([
  ['tasks, pipelines and runs with everything', everything],
  ['bases, stacks, runtimes and builders', () => house().manifests()],
  ['the example of every construct', examples],
])('what synthesis takes the server takes: %s', (_, render) => {
  const objects = render().map(inside);
  expect(objects.length).toBeGreaterThan(2);
  const { stderr, status } = dryRun(objects);
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test('a dry-run leaves nothing', () => {
  const task = { ...first('Task'), metadata: { name: 'dry-run-only', namespace: 'default' } };
  expect(dryRun([task]).status).toBe(0);
  expect(kubectl('get', 'task', 'dry-run-only', '--namespace=default', '--ignore-not-found')).toBe('');
});

test('a misspelt field of a ConfigMap is refused by the API server', () => {
  const { status, stderr } = dryRun([{ ...first('ConfigMap'), dta: {} }]);
  expect(stderr).toContain('.dta: field not declared in schema');
  expect(status).toBe(1);
});

test('a step with a script and a command, against which no schema speaks, is refused by the webhook of Tekton', () => {
  const task = first('Task');
  const { steps } = task['spec'] as { readonly steps: readonly object[] };
  const both = steps.map((step) => ({ ...step, script: 'true', command: ['true'] }));
  const { status, stderr } = dryRun([{ ...task, spec: { ...(task['spec'] as object), steps: both } }]);
  expect(stderr).toContain(
    'admission webhook "validation.webhook.pipeline.tekton.dev" denied the request: validation failed: script cannot be used with command',
  );
  expect(status).toBe(1);
});

test('a run that names no pipeline is refused by the webhook of Tekton', () => {
  const { spec, ...run } = first('PipelineRun');
  const { pipelineRef: _reference, ...rest } = spec as { readonly pipelineRef: object };
  const { status, stderr } = dryRun([{ ...run, metadata: { ...run.metadata, name: 'dry-run-only' }, spec: rest }]);
  expect(stderr).toMatch(/admission webhook "\S+" denied the request/);
  expect(status).toBe(1);
});

/** The objects of test/examples; what their locks lack matters to builds alone. */
function examples(): readonly Manifest[] {
  const app = new EnvironmentApp('examples');
  new Examples(app, readSettings(join(__dirname, '../../..'), 'local'));
  return app.node
    .findAll()
    .filter((each): each is ApiObject => ApiObject.isApiObject(each))
    .map(manifestOf);
}

/** An object in the namespace of this test: its own need not be there. */
function inside(object: Manifest): Manifest {
  return isOfCluster(object.kind) ? object : { ...object, metadata: { ...object.metadata, namespace: NAMESPACE } };
}

function namespaceOf({ metadata }: Manifest): string | undefined {
  return metadata.namespace;
}

function first(kind: string): Manifest {
  const found = objectsOf('local').find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`dist/local has no ${kind}`);
  return found;
}

/** As a field manager of its own: an `up` that runs at the same time is not to be disturbed. */
function dryRun(objects: readonly Manifest[]) {
  const args = ['apply', '--server-side', '--dry-run=server', '--validate=strict', '--filename=-'];
  const manager = ['--field-manager=dry-run-test', '--force-conflicts'];
  const input = objects.map((object) => `---\n${dump(object, { lineWidth: -1, noRefs: true })}`).join('');
  return spawnSync('kubectl', [...args, ...manager], { encoding: 'utf8', input });
}
