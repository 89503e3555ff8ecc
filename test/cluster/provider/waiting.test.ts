/** What is waited for, what happens when it does not come, and what a killed or cancelled `up` leaves. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, kubectl, Laboratory } from './laboratory';

const waits = (seconds: number): string =>
  `pod('held', { 'pulumi.com/waitFor': 'condition=Done' }, { customTimeouts: { create: '${seconds}s', update: '${seconds}s' } });`;

test('an annotation says what is waited for, and another that nothing is', () =>
  Laboratory.with(async (lab) => {
    lab.program(
      `pod('held', { 'pulumi.com/waitFor': 'jsonpath={.status.conditions[0].type}' }); pod('free', { 'pulumi.com/skipAwait': 'true' });`,
    );
    const up = lab.up();
    await eventually(async () => (await lab.live('pod', 'held')) !== '');
    expect(await Promise.race([up, sleep(1500, 'waiting')])).toBe('waiting');
    await lab.setCondition('held', 'Done');
    expect(await up).toMatchObject({ code: 0 });
  }));

test('what does not come in time is recorded, and the next up waits again', () =>
  Laboratory.with(async (lab) => {
    lab.program(waits(2));
    expect((await lab.up()).output).toContain('timed out waiting');
    expect((await lab.stateOf('held'))?.initErrors).toHaveLength(1);
    await lab.setCondition('held', 'Done');
    await lab.mustUp(waits(60));
    expect((await lab.stateOf('held'))?.initErrors ?? []).toEqual([]);
  }));

test('that an object is deleted while it is waited for is not noticed; one of the same name ends the waiting', () =>
  Laboratory.with(async (lab) => {
    lab.program(`
      const annotations = { 'pulumi.com/waitFor': 'jsonpath={.data.done}', 'pulumi.com/patchFieldManager': 'scenario' };
      new k8s.core.v1.ConfigMap('held', { metadata: { name: 'held', namespace, annotations } }, { provider, customTimeouts: { create: '60s' } });
    `);
    const up = lab.up();
    await eventually(async () => (await lab.live('configmap', 'held')) !== '');
    await kubectl(['delete', 'configmap', 'held', '-n', lab.namespace]);
    expect(await Promise.race([up, sleep(3000, 'waiting')])).toBe('waiting');
    await lab.applyAs('someone', 'held', { done: 'yes' });
    expect(await up).toMatchObject({ code: 0 });
  }));

test('kill -9: the plugin lives on; after cancel, the same field manager goes on with what was made and not recorded', () =>
  Laboratory.with(async (lab) => {
    lab.program(`configMap('first', 'first', { a: '1' }); ${waits(60)}`);
    const killed = lab.startUp();
    const ended = once(killed, 'exit');
    await eventually(async () => (await lab.live('pod', 'held')) !== '');
    killed.kill('SIGKILL');
    await ended;
    expect(await lab.pulumi('cancel', '--yes')).toMatchObject({ code: 0 });
    await lab.setCondition('held', 'Done');
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
    expect((await lab.stateOf('held'))?.id).toBe(`${lab.namespace}/held`);
  }));

test('an interrupted up ends its waiting and records what it made', () =>
  Laboratory.with(async (lab) => {
    lab.program(waits(60));
    const up = lab.startUp();
    const ended = once(up, 'exit');
    await eventually(async () => (await lab.live('pod', 'held')) !== '');
    up.kill('SIGINT');
    expect(await ended).not.toEqual([0, null]);
    expect((await lab.stateOf('held'))?.id).toBe(`${lab.namespace}/held`);
    await lab.setCondition('held', 'Done');
    expect(await lab.up()).toMatchObject({ code: 0 });
  }));
