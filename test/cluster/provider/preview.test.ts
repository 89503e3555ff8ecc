/** What a preview finds out before anything is changed, and what it does not. */
import { kubectl, Laboratory } from './laboratory';

const service = (port: number): string => `
  new k8s.core.v1.Service('s', { metadata: { name: 's', namespace }, spec: { clusterIP: 'None', ports: [{ port: ${port} }] } }, { provider });
`;

test('a preview asks the server: what it refuses, at creation or at a change, fails, and nothing is changed', () =>
  Laboratory.with(async (lab) => {
    lab.program(service(70000));
    expect((await lab.preview()).output).toContain('must be between 1 and 65535');
    await lab.mustUp(service(80));
    lab.program(service(81));
    expect((await lab.preview('--diff')).output).toContain('80 => 81');
    lab.program(service(70000));
    expect(await lab.preview()).not.toMatchObject({ code: 0 });
    expect(await lab.live('service', 's', '{.spec.ports[0].port}')).toBe('80');
  }));

test('a namespace and its contents preview and apply in one program', () =>
  Laboratory.with(async (lab) => {
    const own = `${lab.namespace}-own`;
    lab.program(`
      const n = new k8s.core.v1.Namespace('n', { metadata: { name: '${own}' } }, { provider });
      new k8s.core.v1.ConfigMap('one', { metadata: { name: 'one', namespace: '${own}' } }, { provider, dependsOn: n });
    `);
    expect(await lab.preview()).toMatchObject({ code: 0 });
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.pulumi('destroy', '--yes', '--skip-preview')).toMatchObject({ code: 0 });
    expect(await kubectl(['get', 'namespace', own, '--ignore-not-found'])).toBe('');
  }));

test('a misspelt field of a kind with a schema passes: the server drops it', () =>
  Laboratory.with(async (lab) => {
    lab.program(`
      new k8s.core.v1.ConfigMap('one', { metadata: { name: 'one', namespace }, dta: { a: '1' } }, { provider });
    `);
    expect(await lab.preview()).toMatchObject({ code: 0 });
  }));

test('without a cluster, a preview passes without a word', () =>
  Laboratory.with(async (lab) => {
    const named = { name: 'nowhere' };
    const kubeconfig = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ ...named, cluster: { server: 'https://127.0.0.1:9' } }],
      users: [{ ...named, user: { token: 'none' } }],
      contexts: [{ ...named, context: { cluster: 'nowhere', user: 'nowhere' } }],
      'current-context': 'nowhere',
    });
    lab.program(`configMap('one', 'one', { a: '1' });`, { kubeconfig });
    expect(await lab.preview()).toMatchObject({ code: 0 });
    expect((await lab.up()).output).toContain('configured Kubernetes cluster is unreachable');
  }));
