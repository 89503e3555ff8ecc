/** What `up` refuses before it changes anything. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout, kubectl } from '../checkout';

const checkout = new Checkout('test-refusal');
afterAll(() => {
  checkout.discard();
});

test('a cluster that does not answer, although Pulumi itself would preview against it happily', async () => {
  const kubeconfig = join(checkout.directory, 'kubeconfig');
  writeFileSync(kubeconfig, kubectl('config', 'view', '--raw').replace(/server: .*/, 'server: https://127.0.0.1:1'));
  const { code, output } = await checkout.start(['preview'], { KUBECONFIG: kubeconfig }).result;
  expect(output).toMatch(
    /the API server of context 'cloud-services-buildpacks-local' \(https:\/\/127\.0\.0\.1:1\) does not answer/,
  );
  expect(code).toBe(1);
});

test('the cluster of another environment', async () => {
  checkout.edit('Pulumi.tools.yaml', (text) => text.replace(/kubeContext: .*/, 'kubeContext: cloud-services-buildpacks-local'));
  for (const command of ['preview', 'up', 'destroy']) {
    const { code, output } = await checkout.csb(command, '--environment', 'tools');
    expect(output).toContain("belongs to environment 'local', not to 'tools'");
    expect(code).toBe(1);
  }
});

test('a context that kubeconfig does not have', async () => {
  checkout.edit('Pulumi.tools.yaml', (text) => text.replace(/kubeContext: .*/, 'kubeContext: nowhere'));
  const { code, output } = await checkout.csb('preview', '--environment', 'tools');
  expect(output).toMatch(/kubeconfig has no context 'nowhere' \(it has: cloud-services-buildpacks-local/);
  expect(code).toBe(1);
});

test('objects that somebody else made', async () => {
  kubectl('create', 'namespace', checkout.namespace);
  try {
    const { code, output } = await checkout.csb('up');
    expect(output).toContain(`platform/namespace: core/Namespace ${checkout.namespace} exists and was not made by this project`);
    expect(code).toBe(1);
  } finally {
    kubectl('delete', 'namespace', checkout.namespace);
  }
});

test('a construct that was renamed: the live object is not deleted', async () => {
  expect((await checkout.csb('up')).code).toBe(0);
  const uid = kubectl('get', 'task', 'base-image', '-n', checkout.namespace, '-o', 'jsonpath={.metadata.uid}');
  checkout.edit('stacks/platform-chart.ts', (text) => text.replace("'builds'", "'makers'"));
  const { code, output } = await checkout.csb('up');
  expect(output).toMatch(/platform\/makers\/base-image: tekton\.dev\/Task .* was declared by platform\/builds\/base-image/);
  expect(code).toBe(1);
  expect(kubectl('get', 'task', 'base-image', '-n', checkout.namespace, '-o', 'jsonpath={.metadata.uid}')).toBe(uid);
});
