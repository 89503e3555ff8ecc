/** Whatever is killed, `up` puts right, and nothing is lost. */
import { Checkout, type Running } from '../checkout';
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

test('kill -9 of the whole node', () => {
  process.kill(Number(processes().get('node')), 'SIGKILL');
  local('up');
  mustBeHealthy();
  expect(value()).toBe('kept');
});

test('restart of a component is another process', () => {
  const before = processes().get('registry');
  local('restart', 'registry');
  expect(processes().get('registry')).not.toBe(before);
});

test('a second up has nothing to do', () => {
  expect(local('up')).toContain('nothing was to do');
});
