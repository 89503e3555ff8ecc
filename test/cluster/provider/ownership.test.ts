/**
 * Several writers, drift, secrets, and what is left when a writer is killed.
 */
import { eventually, exists, inLaboratory, killGroup, kubectl, live } from './laboratory';

jest.setTimeout(120_000);

const apply = (namespace: string, manager: string, data: Readonly<Record<string, string>>, ...args: string[]): Promise<string> =>
  kubectl(
    ['apply', '-n', namespace, '--server-side', `--field-manager=${manager}`, ...args, '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data }),
  );

const mutable = { enableConfigMapMutable: true };

test('a field that another manager owns is reported as a conflict, with field and manager', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await apply(lab.namespace, 'someone', { a: 'theirs' }, '--force-conflicts');
    lab.program(`configMap('one', 'one', { a: '2' });`);
    const result = await lab.up();
    expect(result.code).not.toBe(0);
    expect(result.output).toContain('conflict');
    expect(result.output).toContain('someone');
    expect(result.output).toContain('.data.a');
    expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('theirs');
  }, mutable));

test('patchForce takes the field', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await apply(lab.namespace, 'someone', { a: 'theirs' }, '--force-conflicts');
    lab.program(`configMap('one', 'one', { a: '2' }, { annotations: { 'pulumi.com/patchForce': 'true' } });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('2');
  }, mutable));

test('fields of others stay, also when ours are removed', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1', b: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await apply(lab.namespace, 'someone', { c: 'theirs' });
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.data}')).toBe('{"a":"1","c":"theirs"}');
  }, mutable));

test('the field manager of the annotation is used', () =>
  inLaboratory(async (lab) => {
    const declare = (value: string): string =>
      `configMap('one', 'one', { a: '${value}' }, { annotations: { 'pulumi.com/patchFieldManager': 'scenario' } });`;
    lab.program(declare('1'));
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(declare('2'));
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.metadata.managedFields[*].manager}')).toBe('scenario');
  }, mutable));

test('ignoreChanges leaves a field to others', () =>
  inLaboratory(async (lab) => {
    const declare = (value: string): string =>
      `configMap('one', 'one', { a: '${value}', b: '${value}' }, {}, { ignoreChanges: ['data.a'] });`;
    lab.program(declare('1'));
    expect(await lab.up()).toMatchObject({ code: 0 });
    await apply(lab.namespace, 'someone', { a: 'theirs' }, '--force-conflicts');
    lab.program(declare('2'));
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.data}')).toBe('{"a":"theirs","b":"2"}');
  }, mutable));

test('refresh sees drift, and the next up repairs it', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await apply(lab.namespace, 'someone', { extra: '1' });
    await kubectl(['patch', 'configmap', 'one', '-n', lab.namespace, '--type=merge', '-p', '{"data":{"a":"drifted"}}']);
    const drift = await lab.pulumi(['refresh', '--preview-only', '--expect-no-changes']);
    expect(drift.code).not.toBe(0);
    expect(await lab.refresh()).toMatchObject({ code: 0 });
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.data}')).toBe('{"a":"1","extra":"1"}');
  }, mutable));

test('refresh sees a deletion, and the next up creates again', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await kubectl(['delete', 'configmap', 'one', '-n', lab.namespace]);
    expect(await lab.refresh()).toMatchObject({ code: 0 });
    expect(await lab.stateOf('one')).toBeUndefined();
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await exists(lab.namespace, 'configmap', 'one')).toBe(true);
  }));

test('the content of a Secret is never in the state in the clear', () =>
  inLaboratory(
    async (lab) => {
      lab.program(`
        new k8s.core.v1.Secret('s', { metadata: meta('s'), stringData: { password: 'correct-horse' } }, opts());
        configMap('one', 'one', { token: pulumi.secret('battery-staple') });
      `);
      expect(await lab.up()).toMatchObject({ code: 0 });
      const state = await lab.stateText();
      expect(state).not.toContain('correct-horse');
      expect(state).not.toContain(Buffer.from('correct-horse').toString('base64'));
      expect(state).not.toContain('battery-staple');
      expect(await live(lab.namespace, 'secret', 's', '{.data.password}')).toBe(Buffer.from('correct-horse').toString('base64'));
      expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
    },
    { ...mutable, enableSecretMutable: true },
  ));

test('after kill -9 of up, cancel and up recover with a fixed field manager and upsertExistingObjects', () =>
  inLaboratory(
    async (lab) => {
      const fixed = `{ annotations: { 'pulumi.com/patchFieldManager': 'scenario' } }`;
      lab.program(`
        const first = configMap('first', 'first', { a: '1' }, ${fixed});
        new k8s.core.v1.Pod('held', {
          metadata: meta('held', { annotations: { 'pulumi.com/patchFieldManager': 'scenario' } }),
          spec: { schedulerName: 'nobody', containers: [{ name: 'main', image: 'none' }] },
        }, opts({ dependsOn: first }));
      `);
      const killed = lab.startUp();
      await eventually(() => exists(lab.namespace, 'pod', 'held'), 30);
      killGroup(killed);
      await lab.pulumi(['cancel', '--yes']);

      const ready = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
      await kubectl([
        'patch',
        'pod',
        'held',
        '-n',
        lab.namespace,
        '--subresource=status',
        '--type=merge',
        '-p',
        JSON.stringify(ready),
      ]);
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect((await lab.stateOf('held'))?.id).toBe(`${lab.namespace}/held`);
      expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
    },
    { upsertExistingObjects: true },
  ));
