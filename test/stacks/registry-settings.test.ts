import { join } from 'node:path';
import { readSettings, type Settings } from '../../lib/settings/settings';
import { podSpecsOf } from '../../lib/synth/pod-specs';
import { declareEnvironment } from '../../stacks/environment';

const settings = readSettings(join(__dirname, '../..'), 'tools');

function objectsOf(registry: Partial<Settings['registry']>) {
  const changed = { ...settings, registry: { ...settings.registry, ...registry } };
  return declareEnvironment('tools', changed)
    .synthesize()
    .objects.map(({ manifest }) => manifest);
}

const TRUSTED = 'the certificates of an authority';

test('an authority of its own is mounted by every step that has the credentials of the registry, or their copy, and by no other', () => {
  const objects = objectsOf({ certificateAuthority: TRUSTED });
  const map = objects.find(({ data }) => (data as Record<string, string> | undefined)?.['ca.crt'] === TRUSTED);
  expect(map).toMatchObject({ kind: 'ConfigMap', immutable: true, metadata: { namespace: settings.namespace } });
  const containers = objects.flatMap((each) => podSpecsOf(each).flatMap((pod) => pod.containers));
  const mounting = (...volumes: string[]) =>
    containers.filter(({ volumeMounts = [] }) => volumeMounts.some(({ name }) => volumes.includes(name)));
  expect(mounting('authority').length).toBeGreaterThan(10);
  expect(mounting('authority')).toEqual(mounting('credentials', 'handed'));
  for (const { env } of mounting('authority')) {
    expect(env).toContainEqual({ name: 'REGISTRY_CA_FILE', value: '/registry-authority/ca.crt' });
    expect(env).toContainEqual({ name: 'SSL_CERT_DIR', value: '/registry-authority:/etc/ssl/certs' });
  }
  expect(JSON.stringify(objects)).toContain(`"configMap":{"name":"${map?.metadata.name ?? ''}"}`);
});

test('a pull secret is that of every service account of builds, and of the pods that the contract makes', () => {
  const objects = objectsOf({ pullSecret: 'registry-pull' });
  const accounts = objects.filter(({ kind }) => kind === 'ServiceAccount');
  expect(accounts.length).toBeGreaterThan(1);
  for (const account of accounts) expect(account['imagePullSecrets']).toEqual([{ name: 'registry-pull' }]);
  const contract = objects.find(({ kind, metadata }) => kind === 'Task' && metadata.name === 'contract');
  expect(JSON.stringify(contract)).toContain('{"name":"PULL_SECRET","value":"registry-pull"}');
});

test('a prefix begins the name of every repository that runs name', () => {
  const references = (registry: Partial<Settings['registry']>) =>
    objectsOf(registry)
      .filter(({ kind }) => kind === 'PipelineRun')
      .flatMap((run) => JSON.stringify(run).match(/docker-registry\.svc\.toolforge\.org\/[^"@: ]+/g) ?? [])
      .filter((reference) => ![settings.toolbox, settings.lifecycle].some((own) => own.startsWith(reference)));
  const [host, prefix] = [settings.registry.host, 'cloud/images'];
  expect(references({}).length).toBeGreaterThan(10);
  expect(references({ prefix })).toEqual(references({}).map((name) => name.replace(`${host}/`, `${host}/${prefix}/`)));
});
