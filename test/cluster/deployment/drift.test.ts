/** What `drift` and `diff` find when people change deployed objects by hand. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriftReport } from '../../../cli/drift';
import type { Drift } from '../../../lib/diff/drift';
import { Checkout, kubectl } from '../checkout';

const checkout = new Checkout('test-drift');
const inNamespace = ['-n', checkout.namespace] as const;

beforeAll(async () => {
  const { code, output } = await checkout.csb('up');
  expect(`${code} ${output}`).toMatch(/^0 /);
});
afterAll(() => {
  checkout.discard();
});

/** Other checkouts have namespaces on this cluster, which this one does not declare. */
async function drift(): Promise<Drift[]> {
  const { code, output } = await checkout.csb('drift', '--json');
  expect([0, 1]).toContain(code);
  const { objects } = JSON.parse(output) as DriftReport;
  return objects.filter(({ kind, object }) => kind !== 'undeclared' || !object.startsWith('core/Namespace '));
}

/** Does something to objects, then puts them back as they were. */
async function withObjects(names: readonly string[], work: () => Promise<void>): Promise<void> {
  const saved = names.map((name) => JSON.parse(kubectl('get', name, ...inNamespace, '-o', 'json')) as Saved);
  try {
    await work();
  } finally {
    for (const [index, { metadata, ...rest }] of saved.entries()) {
      const { resourceVersion, uid, managedFields, ...kept } = metadata;
      const file = join(checkout.directory, `saved-${index}.json`);
      writeFileSync(file, JSON.stringify({ ...rest, metadata: kept }));
      kubectl('delete', '--ignore-not-found', '-f', file);
      // As ours: what another manager creates, with the server's defaults in it, would be additions of that manager.
      kubectl('apply', '--server-side', '--field-manager=cloud-services-buildpacks', '-f', file);
    }
  }
}
interface Saved {
  readonly metadata: Readonly<Record<string, unknown>>;
}

test('nothing differs after up', async () => {
  expect(await drift()).toEqual([]);
});

test('a label, a script and a ConfigMap: each is named with who did it, and nothing else', async () => {
  const files =
    kubectl('get', 'configmaps', ...inNamespace, '-o', 'name')
      .split('\n')
      .find((name) => name.includes('/contract-')) ?? '';
  await withObjects(['networkpolicy/deny-ingress', 'task/promotion', files], async () => {
    const policy = { spec: { podSelector: { matchLabels: { 'tried-by': 'drift' } } } };
    kubectl('patch', 'networkpolicy', 'deny-ingress', ...inNamespace, '--type=merge', '-p', JSON.stringify(policy));
    kubectl('label', 'networkpolicy', 'deny-ingress', ...inNamespace, 'theirs=no-drift');
    const edit = [{ op: 'replace', path: '/spec/steps/0/script', value: '#!/bin/sh\necho by hand\n' }];
    kubectl('patch', 'task', 'promotion', ...inNamespace, '--type=json', '-p', JSON.stringify(edit));
    kubectl('delete', files, ...inNamespace);

    const found = await drift();
    const summary = found.map(({ kind, object, fields }) => [
      kind,
      object.split(' ')[1],
      fields.map(({ field, by }) => [field, by?.manager]),
    ]);
    expect(summary).toHaveLength(3);
    expect(summary).toEqual(
      expect.arrayContaining([
        ['changed', 'test-drift/deny-ingress', [['spec.podSelector.matchLabels', 'kubectl-patch']]],
        ['changed', 'test-drift/promotion', [[expect.stringMatching(/^spec\.steps\[.+\]\.script$/), 'kubectl-patch']]],
        ['missing', files.replace('configmap/', 'test-drift/'), []],
      ]),
    );
    const { output } = await checkout.csb('drift');
    expect(output).toContain('+echo by hand');
    expect(output).not.toMatch(/managedFields|resourceVersion/);

    const against = await checkout.csb('diff', 'cluster', 'working', '--exit-code', '--environment', 'local');
    expect(against.output).toMatch(/^ {2}\+ \S+\/contract-files /m);
    expect(against.output).toMatch(/^ {2}~ deny-ingress /m);
    expect(against.code).toBe(1);
  });
  expect(await drift()).toEqual([]);
});

test('an object that was ours and is not declared any more', async () => {
  kubectl('create', 'configmap', 'left-behind', ...inNamespace);
  kubectl(
    'annotate',
    'configmap',
    'left-behind',
    ...inNamespace,
    'cloud-services-buildpacks.toolforge.org/path=platform/left-behind',
  );
  expect(await drift()).toMatchObject([
    { kind: 'undeclared', path: 'platform/left-behind', object: 'core/ConfigMap test-drift/left-behind' },
  ]);
  kubectl('delete', 'configmap', 'left-behind', ...inNamespace);
});

test('a cluster that cannot be asked is an error, not a difference', async () => {
  const { code, output } = await checkout.start(['drift'], { KUBECONFIG: join(checkout.directory, 'none') }).result;
  expect(output).toContain('kubeconfig cannot be read');
  expect(code).toBe(2);
});
