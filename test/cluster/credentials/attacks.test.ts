/** Builds that want the registry's password, as they are deployed: nothing leaves, and what was found is said. */
import { execFileSync } from 'node:child_process';
import { ServiceAccount } from 'cdk8s-plus-27';
import { dump } from 'js-yaml';
import { Size } from 'cdk8s';
import { buildTask } from '../../../lib/images/build-task';
import type { imageParams } from '../../../lib/images/image-params';
import { Registry } from '../../../lib/registry/registry';
import { RegistryTasks } from '../../../lib/registry/registry-tasks';
import { EnvironmentApp } from '../../../lib/synth/app';
import { EnvironmentChart } from '../../../lib/synth/chart';
import { readSettings } from '../../../lib/settings/settings';
import { registryName } from '../../../local/addresses';
import { lifecycleVersion } from '../../../local/toolchain/modules';
import { attackedBuilder, type AttackedBuilder } from './attacked-builder';

const NAMESPACE = 'credentials-test';
const PASSWORD = 'correct-horse-battery-staple';
const { toolbox } = readSettings(`${__dirname}/../../..`, 'local');
let builder: AttackedBuilder;

const kubectl = (args: readonly string[], input?: string): string =>
  execFileSync('kubectl', ['--namespace', NAMESPACE, ...args], { encoding: 'utf8', ...(input !== undefined && { input }) });

/** The task of platform images, with a secret. The registry asks for none, so that nothing but a build can be why one is seen. */
function manifests(): string {
  const app = new EnvironmentApp('credentials-test');
  const chart = new EnvironmentChart(app, 'chart', { namespace: NAMESPACE });
  const registry = new Registry({ host: registryName, plainHttp: true, pushSecret: 'push' });
  const serviceAccount = new ServiceAccount(chart, 'builder', { metadata: { name: 'builder' }, automountToken: false });
  const asking = new RegistryTasks(chart, 'asking', { registry, toolbox });
  const making = { registry, toolbox, serviceAccount, asking };
  buildTask(chart, 'attacked-build', making, { size: Size.mebibytes(10), params: {} });
  return app
    .synthesize()
    .objects.map(({ manifest }) => dump(manifest, { noRefs: true }))
    .join('---\n');
}

beforeAll(() => {
  builder = attackedBuilder(toolbox);
  execFileSync('kubectl', ['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
  execFileSync('kubectl', ['create', 'namespace', NAMESPACE]);
  const server = [`--docker-server=${registryName}`, '--docker-username=pusher', `--docker-password=${PASSWORD}`];
  kubectl(['create', 'secret', 'docker-registry', 'push', ...server]);
  kubectl(['apply', '--server-side', '--filename=-'], manifests());
}, 300_000);

afterAll(() => {
  execFileSync('kubectl', ['delete', 'namespace', NAMESPACE, '--wait=false']);
});

/** Runs a build whose buildpack does this, and returns how it ended and all that anybody can see of it. */
function build(name: string, attack: string): { readonly succeeded: string; readonly seen: string; readonly pushed: boolean } {
  const image = `${registryName}/test/attacked:${name}-${Date.now()}`;
  const values: Record<Exclude<keyof typeof imageParams, 'repository' | 'tags'> | 'pinned-run-image', string> = {
    image,
    layers: `${image}-layers`,
    builder: builder.builder,
    lifecycle: lifecycleVersion,
    'run-image': builder.toolbox,
    'pinned-run-image': builder.runImage,
    run: `[[images]]\nimage = "${builder.toolbox.replace(/:[^:/]+$/, '')}"\n`,
    descriptor: JSON.stringify({ attack }),
  };
  const params = Object.entries(values).map(([key, value]) => ({ name: key, value }));
  const podTemplate = { automountServiceAccountToken: false };
  const spec = { taskRef: { name: 'attacked-build' }, serviceAccountName: 'builder', podTemplate, params, timeout: '5m0s' };
  kubectl(['apply', '--filename=-'], JSON.stringify({ apiVersion: 'tekton.dev/v1', kind: 'TaskRun', metadata: { name }, spec }));
  kubectl(['wait', `taskrun/${name}`, '--for=jsonpath={.status.completionTime}', '--timeout=360s']);
  const run = kubectl(['get', 'taskrun', name, '--output=json']);
  const pod = kubectl(['get', 'pod', `${name}-pod`, '--output=json']);
  const logs = kubectl(['logs', `${name}-pod`, '--all-containers']);
  const { conditions } = (JSON.parse(run) as { status: { conditions: readonly { status: string }[] } }).status;
  return { succeeded: conditions[0]?.status ?? '', seen: run + pod + logs, pushed: logs.includes('*** Images') };
}

const secrets = [PASSWORD, Buffer.from(`pusher:${PASSWORD}`).toString('base64')];

test('a build that attacks nothing is pushed, with credentials that were handed past it', () => {
  const { succeeded, seen, pushed } = build('honest', 'true');
  expect({ succeeded, log: succeeded === 'True' ? '' : seen }).toEqual({ succeeded: 'True', log: '' });
  expect(pushed).toBe(true);
  for (const secret of secrets) expect(seen).not.toContain(secret);
});

test.each([
  ['results', 'ln -s /handed/config.json /tekton/results/digest', '/tekton/results/digest is a link to /handed/config.json'],
  ['artifacts', 'ln -s /handed/config.json /tekton/artifacts/provenance.json', '/tekton/artifacts/provenance.json is a link'],
  ['group', 'cd /layers; rm group.toml; ln -s /handed/config.json group.toml', '/sealed/layers/group.toml is a link to /handed'],
  ['layer', 'ln -s /handed /layers/test_attack/stolen', '/sealed/layers/test_attack/stolen is a link to /handed'],
  ['rewritten', 'echo sha256:0000 >/tekton/results/digest', '/tekton/results/digest is a file'],
])('a build that leaves something for others to follow is refused before a credential is opened: %s', (name, attack, message) => {
  const { succeeded, seen, pushed } = build(name, attack);
  expect([succeeded, pushed]).toEqual(['False', false]);
  expect(seen).toContain(message);
  expect(seen).toContain('No credential was opened, and nothing was pushed');
  for (const secret of secrets) expect(seen).not.toContain(secret);
});

test('a build that seems to end, and plants links when the guard has passed, gets no credential and changes nothing of what is pushed', () => {
  // The fourth step, whose file starts the fifth; the guard is the sixth.
  const attack = `: >/tekton/run/3/out
until [ -e /tekton/run/5/out ]; do sleep 0.05; done
for i in $(seq 200); do
  for file in /handed/config.json /proc/self/environ /proc/self/fd/3 /dev/fd/3; do
    ln -sfn "$file" /tekton/results/digest; ln -sfn "$file" /tekton/artifacts/provenance.json
  done
  ln -sfn /handed/config.json /layers/test_attack/layer/file
  sleep 0.05
done`;
  const { seen } = build('early', attack);
  for (const secret of secrets) expect(seen).not.toContain(secret);
  expect(seen).toContain('sealed ');
});
