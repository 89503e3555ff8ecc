/**
 * What is waited for, and what happens when it does not come. Conditions are set by hand: no controller takes part.
 */
import { eventually, exists, inLaboratory, kubectl, live, type Laboratory } from './laboratory';

jest.setTimeout(120_000);

/** A pod that nothing schedules; its status is ours to write. */
function pod(annotations: Readonly<Record<string, string>>, timeoutSeconds = 60): string {
  return `
    new k8s.core.v1.Pod('pod', {
      metadata: meta('pod', { annotations: ${JSON.stringify(annotations)} }),
      spec: { schedulerName: 'nobody', containers: [{ name: 'main', image: 'none' }] },
    }, opts({ customTimeouts: { create: '${timeoutSeconds}s', update: '${timeoutSeconds}s' } }));
  `;
}

async function patchStatus(lab: Laboratory, status: unknown): Promise<void> {
  await eventually(() => exists(lab.namespace, 'pod', 'pod'), 30);
  await kubectl([
    'patch',
    'pod',
    'pod',
    '-n',
    lab.namespace,
    '--subresource=status',
    '--type=merge',
    '-p',
    JSON.stringify({ status }),
  ]);
}

const conditions = (type: string, status: string): unknown => ({
  conditions: [{ type, status, reason: 'Scenario', message: 'as told' }],
});

test('waitFor with a JSON path waits until the value is there', () =>
  inLaboratory(async (lab) => {
    lab.program(pod({ 'pulumi.com/waitFor': 'jsonpath={.status.podIP}' }));
    const up = lab.up();
    await patchStatus(lab, { hostIP: '10.0.0.1' });
    const early = await Promise.race([up.then(() => 'done'), new Promise((resolve) => setTimeout(resolve, 1500, 'waiting'))]);
    expect(early).toBe('waiting');
    await patchStatus(lab, { podIP: '10.0.0.9', podIPs: [{ ip: '10.0.0.9' }] });
    expect(await up).toMatchObject({ code: 0 });
    expect((await lab.stateOf('pod'))?.outputs).toMatchObject({ status: { podIP: '10.0.0.9' } });
  }));

test('waitFor with several expressions waits for all of them', () =>
  inLaboratory(async (lab) => {
    const expressions = JSON.stringify([
      'condition=Done=False',
      'jsonpath={.status.conditions[?(@.type=="Done")].reason}=Scenario',
    ]);
    lab.program(pod({ 'pulumi.com/waitFor': expressions }));
    const up = lab.up();
    await patchStatus(lab, conditions('Done', 'False'));
    expect(await up).toMatchObject({ code: 0 });
  }));

test('what does not come in time is recorded as an initialization error, and the next up waits again', () =>
  inLaboratory(async (lab) => {
    lab.program(pod({ 'pulumi.com/waitFor': 'condition=Done' }, 2));
    const failed = await lab.up();
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('timed out waiting');
    const state = await lab.stateOf('pod');
    expect(state?.id).toBe(`${lab.namespace}/pod`);
    expect(state?.initErrors).not.toHaveLength(0);

    await patchStatus(lab, conditions('Done', 'True'));
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect((await lab.stateOf('pod'))?.initErrors ?? []).toHaveLength(0);
  }));

test('a pod is waited for without being told, unless skipAwait says not to', () =>
  inLaboratory(async (lab) => {
    lab.program(pod({ 'pulumi.com/skipAwait': 'true' }));
    expect(await lab.up()).toMatchObject({ code: 0 });
    lab.program(pod({}, 2));
    const failed = await lab.up();
    expect(failed.code).not.toBe(0);
    expect(failed.output).toContain('timed out waiting');
    await patchStatus(lab, conditions('Ready', 'True'));
    expect(await lab.up()).toMatchObject({ code: 0 });
  }));

test('a headless service and one without selector are ready at once', () =>
  inLaboratory(async (lab) => {
    lab.program(`
      new k8s.core.v1.Service('h', { metadata: meta('h'), spec: { clusterIP: 'None', selector: { a: 'b' }, ports: [{ port: 80 }] } }, opts());
      new k8s.core.v1.Service('n', { metadata: meta('n'), spec: { ports: [{ port: 80 }] } }, opts());
    `);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));

test('a deletion waits for finalizers and fails when they do not go', () =>
  inLaboratory(async (lab) => {
    lab.program(`configMap('one', 'one', {}, { finalizers: ['example.org/hold'] }, { customTimeouts: { delete: '2s' } });`);
    expect(await lab.up()).toMatchObject({ code: 0 });
    const failed = await lab.destroy();
    expect(failed.code).not.toBe(0);
    expect(await live(lab.namespace, 'configmap', 'one', '{.metadata.deletionTimestamp}')).not.toBe('');
    await kubectl(['patch', 'configmap', 'one', '-n', lab.namespace, '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
    expect(await lab.destroy()).toMatchObject({ code: 0 });
  }));

test('a Deployment is waited for until its rollout is complete', () =>
  inLaboratory(async (lab) => {
    lab.program(`
      const labels = { app: 'a' };
      new k8s.apps.v1.Deployment('d', {
        metadata: meta('d'),
        spec: {
          replicas: 0,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'none', resources: { limits: { cpu: '1000m' } } }] } },
        },
      }, opts());
    `);
    expect(await lab.up()).toMatchObject({ code: 0 });
    expect((await lab.stateOf('d'))?.outputs).toMatchObject({ status: { observedGeneration: 1 } });
    expect(await lab.up('--expect-no-changes')).toMatchObject({ code: 0 });
  }));

test('an interrupted up ends its waits and records what it made', () =>
  inLaboratory(async (lab) => {
    lab.program(pod({ 'pulumi.com/waitFor': 'condition=Done' }));
    const up = lab.startUp();
    const ended = new Promise((resolve) => up.once('exit', resolve));
    await eventually(() => exists(lab.namespace, 'pod', 'pod'), 30);
    up.kill('SIGINT');
    expect(await ended).not.toBe(0);
    expect((await lab.stateOf('pod'))?.id).toBe(`${lab.namespace}/pod`);
    await patchStatus(lab, conditions('Done', 'True'));
    expect(await lab.up()).toMatchObject({ code: 0 });
  }));
