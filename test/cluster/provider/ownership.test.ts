/** Whose objects and fields are whose: what decisions 2 and 7 stand on. */
import { kubectl, Laboratory } from './laboratory';

test('to create is to apply: an object of others is taken over without a word, unless they own the same field', () =>
  Laboratory.with(async (lab) => {
    await lab.applyAs('someone', 'one', { theirs: '1' });
    await lab.mustUp(`configMap('one', 'one', { ours: '1' });`);
    expect(await lab.live('configmap', 'one', '{.data}')).toBe('{"ours":"1","theirs":"1"}');

    await lab.applyAs('someone', 'two', { same: 'theirs' });
    lab.program(`configMap('one', 'one', { ours: '1' }); configMap('two', 'two', { same: 'ours' });`);
    const { code, output } = await lab.up();
    expect(code).not.toBe(0);
    expect(output).toMatch(/conflict with "someone".*\.data\.same/s);
    expect(await lab.live('configmap', 'two', '{.data.same}')).toBe('theirs');
  }));

test('a renamed resource deletes its object, with exit code 0; with an alias nothing changes', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`configMap('old', 'one', { a: '1' });`);
    await lab.mustUp(`configMap('new', 'one', { a: '1' }, { aliases: [{ name: 'old' }] });`, '--expect-no-changes');
    await lab.mustUp(`configMap('newest', 'one', { a: '1' });`);
    expect(await lab.live('configmap', 'one')).toBe('');
  }));

test('what an object is made of changes in place; fields of others stay', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`configMap('one', 'one', { a: '1', b: '1' });`);
    const uid = await lab.live('configmap', 'one', '{.metadata.uid}');
    await lab.applyAs('someone', 'one', { c: 'theirs' });
    await lab.mustUp(`configMap('one', 'one', { a: '2' });`);
    expect(await lab.live('configmap', 'one', '{.data}')).toBe('{"a":"2","c":"theirs"}');
    expect(await lab.live('configmap', 'one', '{.metadata.uid}')).toBe(uid);
    const managers = await lab.live('configmap', 'one', '{.metadata.managedFields[*].manager}');
    expect(managers.split(' ').sort()).toEqual(['scenario', 'someone']);
  }));

test('a field that others have taken since is not taken back, and the message names them', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`configMap('one', 'one', { a: '1' });`);
    await lab.applyAs('someone', 'one', { a: 'theirs' }, '--force-conflicts');
    lab.program(`configMap('one', 'one', { a: '2' });`);
    const { code, output } = await lab.up();
    expect(code).not.toBe(0);
    expect(output).toMatch(/conflict with "someone".*\.data\.a/s);
    expect(await lab.live('configmap', 'one', '{.data.a}')).toBe('theirs');
  }));

test('what is retained stays in the cluster; what is gone already is no failure of destroy', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`configMap('kept', 'kept', {}, { retainOnDelete: true }); configMap('gone', 'gone', {});`);
    await kubectl(['delete', 'configmap', 'gone', '-n', lab.namespace]);
    expect(await lab.pulumi('destroy', '--yes', '--skip-preview')).toMatchObject({ code: 0 });
    expect(await lab.live('configmap', 'kept')).toBe('kept');
  }));

test('an object that somebody removed is missed by nobody until it changes, which fails; refresh forgets it', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`configMap('one', 'one', { a: '1' });`);
    await kubectl(['delete', 'configmap', 'one', '-n', lab.namespace]);
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
    lab.program(`configMap('one', 'one', { a: '2' });`);
    expect((await lab.up()).output).toContain('not found');
    const urn = (await lab.stateOf('one'))?.urn ?? '';
    expect(await lab.pulumi('refresh', '--yes', '--skip-preview', '--target', urn)).toMatchObject({ code: 0 });
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.live('configmap', 'one', '{.data.a}')).toBe('2');
  }));

test('the content of a Secret is never in the state in the clear', () =>
  Laboratory.with(async (lab) => {
    await lab.mustUp(`
      new k8s.core.v1.Secret('s', { metadata: { name: 's', namespace }, stringData: { password: 'correct-horse' } }, { provider });
    `);
    const state = await lab.stateText();
    for (const clear of ['correct-horse', Buffer.from('correct-horse').toString('base64')]) expect(state).not.toContain(clear);
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));
