/**
 * Create, change, replace, adopt, delete: what `pulumi up` does to one object.
 */
import { exists, inLaboratory, kubectl, live } from './laboratory';

jest.setTimeout(120_000);

test('an object is created, left alone, changed and deleted', () =>
  inLaboratory(
    async (lab) => {
      lab.program(`configMap('one', 'one', { a: '1' });`);
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('1');

      const again = await lab.up('--expect-no-changes');
      expect(again).toMatchObject({ code: 0 });

      const uid = await live(lab.namespace, 'configmap', 'one', '{.metadata.uid}');
      lab.program(`configMap('one', 'one', { a: '2' });`);
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('2');
      expect(await live(lab.namespace, 'configmap', 'one', '{.metadata.uid}')).toBe(uid);

      expect(await lab.destroy()).toMatchObject({ code: 0 });
      expect(await exists(lab.namespace, 'configmap', 'one')).toBe(false);
    },
    { enableConfigMapMutable: true },
  ));

test('ids are namespace/name, outputs are the live object with the inputs and the field manager beside it', () =>
  inLaboratory(async (lab) => {
    lab.program(
      `configMap('one', 'one', { a: '1' }); new k8s.core.v1.Namespace('n', { metadata: { name: namespace + '-b' } }, opts());`,
    );
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect((await lab.stateOf('n'))?.id).toBe(`${lab.namespace}-b`);
    const state = await lab.stateOf('one');
    expect(state?.id).toBe(`${lab.namespace}/one`);
    expect(state?.outputs).toMatchObject({
      kind: 'ConfigMap',
      data: { a: '1' },
      metadata: { uid: expect.stringMatching(/-/) as string },
      __initialApiVersion: 'v1',
      __fieldManager: expect.stringMatching(/^pulumi-kubernetes-/) as string,
      __inputs: { data: { a: '1' } },
    });
    await kubectl(['delete', 'namespace', `${lab.namespace}-b`, '--wait=false']);
  }));

test('an object without a name gets one that starts with the resource name, and keeps it', () =>
  inLaboratory(
    async (lab) => {
      lab.program(
        `exports.name = new k8s.core.v1.ConfigMap('auto', { metadata: { namespace }, data: {} }, opts()).metadata.name;`,
      );
      expect(await lab.up()).toMatchObject({ code: 0 });
      const name = (await lab.stateOf('auto'))?.id?.split('/')[1] ?? '';
      expect(name).toMatch(/^auto-[0-9a-f]{8}$/);
      lab.program(
        `exports.name = new k8s.core.v1.ConfigMap('auto', { metadata: { namespace }, data: { a: '1' } }, opts()).metadata.name;`,
      );
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect(await live(lab.namespace, 'configmap', name, '{.data.a}')).toBe('1');
    },
    { enableConfigMapMutable: true },
  ));

test('the namespace of the provider is the default', () =>
  inLaboratory(async (lab) => {
    lab.program(`
      const p = new k8s.Provider('scoped', { namespace });
      new k8s.core.v1.ConfigMap('one', { metadata: { name: 'one' } }, { provider: p });
    `);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await exists(lab.namespace, 'configmap', 'one')).toBe(true);
  }));

test('changed data replaces a ConfigMap that is not mutable, the old one going first because the name stays', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    const uid = await live(lab.namespace, 'configmap', 'one', '{.metadata.uid}');
    lab.program(`configMap('one', 'one', { a: '2' });`);
    const preview = await lab.preview('--diff');
    expect(preview.output).toMatch(/\+-.*ConfigMap.*\(replace\)|to replace/);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('2');
    expect(await live(lab.namespace, 'configmap', 'one', '{.metadata.uid}')).not.toBe(uid);
  }));

test('another name replaces the object', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(`configMap('one', 'two', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await exists(lab.namespace, 'configmap', 'one')).toBe(false);
    expect(await exists(lab.namespace, 'configmap', 'two')).toBe(true);
  }));

test('an object that exists already is not taken over', () =>
  inLaboratory(async (lab) => {
    await kubectl(['create', 'configmap', 'one', '-n', lab.namespace, '--from-literal=a=theirs']);
    lab.program(`configMap('one', 'one', { a: 'ours' });`);
    const result = await lab.up();
    expect(result.code).not.toBe(0);
    expect(result.output).toContain('already exists');
    expect(await live(lab.namespace, 'configmap', 'one', '{.data.a}')).toBe('theirs');
  }));

test('with upsertExistingObjects it is applied to', () =>
  inLaboratory(
    async (lab) => {
      await kubectl(
        ['apply', '-n', lab.namespace, '--server-side', '--field-manager=someone', '-f', '-'],
        manifest('b', 'theirs'),
      );
      lab.program(`configMap('one', 'one', { a: 'ours' });`);
      expect(await lab.up()).toMatchObject({ code: 0 });
      expect(await live(lab.namespace, 'configmap', 'one', '{.data}')).toBe('{"a":"ours","b":"theirs"}');
    },
    { upsertExistingObjects: true },
  ));

test('an alias makes a rename no change', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('old', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(`configMap('new', 'one', { a: '1' }, {}, { aliases: [{ name: 'old' }] });`);
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));

test('retainOnDelete leaves the object', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' }, {}, { retainOnDelete: true });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.destroy()).toMatchObject({ code: 0 });
    expect(await exists(lab.namespace, 'configmap', 'one')).toBe(true);
  }));

test('an object deleted behind the back is no failure of destroy', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    await kubectl(['delete', 'configmap', 'one', '-n', lab.namespace]);
    expect(await lab.destroy()).toMatchObject({ code: 0 });
  }));

test('import takes over a live object without changing it', () =>
  inLaboratory(async (lab) => {
    await kubectl(['create', 'configmap', 'one', '-n', lab.namespace, '--from-literal=a=1']);
    lab.program(`configMap('one', 'one', { a: '1' }, {}, { import: namespace + '/one' });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(`configMap('one', 'one', { a: '1' });`);
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));

function manifest(key: string, value: string): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { [key]: value } });
}
