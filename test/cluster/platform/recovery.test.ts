/** Whatever is killed, `up` puts right, and nothing is lost. */
import { Checkout, digestOf, forget, type Running, until } from '../checkout';
import { begun, declareHeld, runsOf } from '../deployment/steps';
import { kubectl, local, processes, mustBeHealthy } from './platform';

const NAME = 'recovery-test';
const value = (): string => kubectl(['get', 'configmap', NAME, '-n', 'default', '-o', 'jsonpath={.data.value}']);

/** An administrator's, at work while all of it is killed. */
const checkout = new Checkout('test-recovery');
let up: Running;

beforeAll(async () => {
  declareHeld(checkout, { seconds: 90 });
  up = await begun(checkout);
  kubectl(
    ['apply', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: NAME, namespace: 'default' },
      data: { value: 'kept' },
    }),
  );
});
afterAll(() => {
  checkout.discard();
  kubectl(['delete', 'configmap', NAME, '-n', 'default']);
});

/** Those that need nothing of one another are killed together. */
test.each([
  [['etcd']],
  [['kube-apiserver']],
  [['containerd']],
  [['kubelet']],
  [['kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'registry', 'git-server', 'package-cache', 'sssd']],
])('kill -9 of %j', (components) => {
  const before = processes();
  if (components.includes('kube-apiserver')) expect(up.child.exitCode).toBeNull();
  for (const each of components) {
    expect(before.get(each)).toBeDefined();
    process.kill(Number(before.get(each)), 'SIGKILL');
  }
  local('up');
  const after = processes();
  for (const each of components) expect([undefined, before.get(each)]).not.toContain(after.get(each));
  expect(value()).toBe('kept');
});

test('an `up` that was under way meanwhile, or the next one, comes to its end with the same run', async () => {
  const first = await up.result;
  const { code, output } = first.code === 0 ? first : await checkout.csb('up');
  expect(`${code} ${output}`).toMatch(/^0 /);
  expect(runsOf(checkout)).toEqual([expect.stringMatching(/\/held-[0-9a-f]{10}-1$/)]);
});

test('kill -9 of the whole node in the middle of a run: the next `up` makes it again by itself', async () => {
  const other = new Checkout('test-node-down');
  try {
    declareHeld(other, { seconds: 20 });
    const running = await begun(other);
    const phases = () => kubectl(['get', 'pods', '-n', other.namespace, '-o', 'jsonpath={.items[*].status.phase}']);
    await until('its pod runs', () => phases() === 'Running');
    process.kill(Number(processes().get('node')), 'SIGKILL');
    local('up');
    mustBeHealthy();
    expect(value()).toBe('kept');
    let last = await running.result;
    // One that lost the API server may have ended before the run did; the next one waits for that.
    for (let tries = 0; last.code !== 0 && tries < 2; tries += 1) last = await other.csb('up');
    expect(`${last.code} ${last.output}`).toMatch(/^0 /);
    expect(runsOf(other)).toEqual([expect.stringMatching(/\/held-[0-9a-f]{10}-2$/)]);
  } finally {
    other.discard();
  }
});

test('the registry is gone while an image is made: its run fails for that, plan says so, and the next `up` makes it', async () => {
  const builds = new Checkout('test-registry-gone', ['openssl']);
  try {
    const image = builds.image();
    await forget(image);
    const running = builds.start(['up']);
    const step = '{.items[*].status.steps[?(@.running)].name}';
    const under = () => kubectl(['get', 'taskruns', '-n', builds.namespace, '-o', `jsonpath=${step}`]).split(' ');
    await until('its image is being made', () => runsOf(builds).length === 1 && under().includes('root-filesystem'), 300);
    process.kill(Number(processes().get('registry')), 'SIGKILL');
    const failed = await running.result;
    expect(`${failed.code} ${failed.output}`).toMatch(
      /^1 [^]* exited with 75\.[^]*\| csb-registry: [^]*the next `up` makes it again/,
    );
    local('up');
    expect(await digestOf(image)).toBeUndefined();
    expect((await builds.csb('plan')).output).toMatch(/\nbuild: its last attempt was ended from outside: /);
    const { code, output } = await builds.csb('up');
    expect(`${code} ${output}`).toMatch(/^0 [^]* was ended from outside, and is to be made again: [^]* succeeded: built in /);
    expect(await digestOf(image)).toMatch(/^sha256:/);
  } finally {
    builds.discard();
  }
});

test('restart of a component is another process', () => {
  const before = processes().get('registry');
  local('restart', 'registry');
  expect(processes().get('registry')).not.toBe(before);
});

test('a second up has nothing to do', () => {
  expect(local('up')).toContain('nothing was to do');
});
