/**
 * What a preview finds out before anything is changed, and what it tolerates.
 */
import { exists, inLaboratory, kubectl } from './laboratory';

jest.setTimeout(120_000);

test('a preview asks the server: a value that it refuses fails the preview', () =>
  inLaboratory(async (lab) => {
    lab.program(`
      new k8s.core.v1.Service('bad', { metadata: meta('bad'), spec: { clusterIP: 'None', ports: [{ port: 70000 }] } }, opts());
    `);
    const result = await lab.preview();
    expect(result.code).not.toBe(0);
    expect(result.output).toContain('must be between 1 and 65535');
    expect(await exists(lab.namespace, 'service', 'bad')).toBe(false);
  }));

test('an admission policy that denies fails the preview', () =>
  inLaboratory(async (lab) => {
    const policy = `deny-${lab.namespace}`;
    await kubectl(['apply', '-f', '-'], denial(policy, lab.namespace));
    try {
      lab.program(`configMap('one', 'forbidden', { a: '1' });`);
      // The server needs a moment to compile a new policy.
      for (let attempt = 0; ; attempt++) {
        const result = await lab.preview();
        if (result.code === 0 && attempt < 5) continue;
        expect(result.code).not.toBe(0);
        expect(result.output).toContain('no such name here');
        break;
      }
    } finally {
      await kubectl(['delete', 'validatingadmissionpolicy,validatingadmissionpolicybinding', policy]);
    }
  }));

test('a preview of an update is a dry run too, and changes nothing', () =>
  inLaboratory(async (lab) => {
    const service = (port: number): string =>
      `new k8s.core.v1.Service('s', { metadata: meta('s'), spec: { clusterIP: 'None', ports: [{ port: ${port} }] } }, opts());`;
    lab.program(service(80));
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(service(81));
    expect((await lab.preview('--diff')).output).toContain('80 => 81');
    lab.program(service(70000));
    const result = await lab.preview();
    expect(result.code).not.toBe(0);
    expect(await kubectl(['get', 'service', 's', '-n', lab.namespace, '-o', 'jsonpath={.spec.ports[0].port}'])).toBe('80');
  }));

test('a namespace and its contents preview and apply in one program', () =>
  inLaboratory(
    async (lab) => {
      lab.program(`
        const n = new k8s.core.v1.Namespace('n', { metadata: { name: namespace } }, opts());
        configMap('one', 'one', { a: '1' }, {}, { dependsOn: n });
      `);
      expect(await lab.preview()).toMatchObject({ code: 0 });
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect(await lab.destroy()).toMatchObject({ code: 0 });
      expect(await kubectl(['get', 'namespace', lab.namespace, '--ignore-not-found'])).toBe('');
    },
    {},
    { namespace: false },
  ));

test('a definition and an object of it preview and apply in one program', () =>
  inLaboratory(async (lab) => {
    const group = `${lab.namespace}.example.org`;
    lab.program(`
      const schema = { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } };
      const crd = new k8s.apiextensions.v1.CustomResourceDefinition('crd', {
        metadata: { name: 'widgets.${group}' },
        spec: {
          group: '${group}', scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets', singular: 'widget' },
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      }, opts());
      new k8s.apiextensions.CustomResource('w', {
        apiVersion: '${group}/v1', kind: 'Widget', spec: { size: 3 },
        // The garbage collector learns of new kinds only every half minute.
        metadata: meta('w', { annotations: { 'pulumi.com/deletionPropagationPolicy': 'background' } }),
      }, opts({ dependsOn: crd }));
    `);
    expect(await lab.preview()).toMatchObject({ code: 0 });
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
    expect(await lab.destroy()).toMatchObject({ code: 0 });
  }));

test('values not known yet do not keep a preview from working', () =>
  inLaboratory(async (lab) => {
    lab.program(`
      const first = configMap('first', 'first', { a: '1' });
      configMap('second', 'second', { uid: first.metadata.uid });
    `);
    expect(await lab.preview()).toMatchObject({ code: 0 });
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await kubectl(['get', 'configmap', 'second', '-n', lab.namespace, '-o', 'jsonpath={.data.uid}'])).toMatch(/-/);
  }));

test('without a cluster a preview passes and a creation says what is wrong', () =>
  inLaboratory(
    async (lab) => {
      lab.program(`configMap('one', 'one', { a: '1' });`);
      expect(await lab.preview()).toMatchObject({ code: 0 });
      const result = await lab.up();
      expect(result.code).not.toBe(0);
      expect(result.output).toContain('configured Kubernetes cluster is unreachable');
    },
    { kubeconfig: nowhere() },
    { namespace: false },
  ));

test('a cluster that has gone away is no reason for a diff: preview and up of an unchanged program pass', () =>
  inLaboratory(async (lab) => {
    lab.useKubeconfig(await kubectl(['config', 'view', '--raw', '--minify', '--flatten']));
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.useKubeconfig(nowhere());
    expect(await lab.preview('--expect-no-changes')).toMatchObject({ code: 0 });
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));

function nowhere(): string {
  const named = { name: 'nowhere' };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ ...named, cluster: { server: 'https://127.0.0.1:9' } }],
    users: [{ ...named, user: { token: 'none' } }],
    contexts: [{ ...named, context: { cluster: 'nowhere', user: 'nowhere' } }],
    'current-context': 'nowhere',
  });
}

function denial(name: string, namespace: string): string {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const policy = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      },
      validations: [{ expression: "object.metadata.name != 'forbidden'", message: 'no such name here' }],
    },
  };
  const binding = {
    apiVersion,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name, validationActions: ['Deny'] },
  };
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [policy, binding] });
}
