import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { PolicySet } from '../../lib/policy/policy-set';
import { capabilities, nonRoot } from '../../lib/policy/pod-policies';
import { waive, type Waiver } from '../../lib/policy/waiver';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import { renderChart } from '../../lib/synth/dist';

const FILE = 'test/policy/waiver.test.ts';
const REASON = 'Maintainer scripts are written for root.';
const policies = new PolicySet([nonRoot, capabilities]);
const step = (name: string) => ({
  name,
  securityContext: { runAsUser: 0, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
});

function tree(...steps: string[]) {
  const app = new EnvironmentApp('test', { policies });
  const chart = new EnvironmentChart(app, 'chart');
  const around = new Construct(chart, 'task');
  new ApiObject(around, 'Resource', {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: { name: 'task' },
    spec: { steps: steps.map(step) },
  });
  return { app, chart, around };
}

test('a violation fails the synthesis, with path, file and policy', () => {
  expect(() => tree('install').app.synthesize()).toThrow(
    `chart/task (${FILE}): breaks the policy 'non-root': step 'install' runs as root; give it another user`,
  );
});

test('a waiver lets it pass, and dist/ shows why', () => {
  const { app, around } = tree('install');
  waive(around, { policy: 'non-root', container: 'install', reason: REASON });
  const [chart] = app.synthesize().charts;
  expect(chart && renderChart(chart).split('\n').slice(1, 5)).toEqual([
    '---',
    '# chart/task',
    `# waived non-root, step install: ${REASON}`,
    'apiVersion: tekton.dev/v1',
  ]);
});

test('it covers what is below its construct, all containers when it names none, and the tests that ask', () => {
  const { app, chart } = tree('a', 'b');
  waive(chart, { policy: 'non-root', reason: REASON });
  const { objects } = app.synthesize();
  expect(objects[0]?.notes).toEqual([`waived non-root, step a: ${REASON}`, `waived non-root, step b: ${REASON}`]);
  expect(policies.violations(objects)).toEqual([]);
});

test('it covers no other step and no other policy', () => {
  const { app, around } = tree('a', 'b');
  waive(around, { policy: 'non-root', container: 'a', reason: REASON });
  expect(() => app.synthesize()).toThrow(/: breaks the policy 'non-root': step 'b' runs as root[^\n]*$/);
});

test('one that waives nothing is a problem', () => {
  const { app, around } = tree('install');
  waive(around, { policy: 'non-root', reason: REASON });
  waive(around, { policy: 'capabilities', container: 'install', reason: REASON });
  expect(() => app.synthesize()).toThrow(
    `:\n  - chart/task (${FILE}): waives 'capabilities' for 'install', which nothing here breaks; remove it`,
  );
});

test.each(['', '  ', 'two\nlines'])('the reason %j is refused', (reason) => {
  expect(() => {
    waive(tree().around, { policy: 'non-root', reason });
  }).toThrow(/^chart\/task: the waiver of 'non-root' has the reason ".*"; say in one line why/);
});

test('a policy that is none, or a waiver without a reason, does not compile', () => {
  // @ts-expect-error -- the policy is called non-root
  const wrong: Waiver = { policy: 'no-root', reason: REASON };
  // @ts-expect-error -- a reason is not optional
  const silent: Waiver = { policy: 'non-root' };
  expect([wrong.policy, silent.reason]).toEqual(['no-root', undefined]);
});
