/** `up` that is killed, doubled or cancelled: the next one recovers without a hand. What the run does meanwhile is Tekton's: here, it waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Checkout, kubectl, type Running, until } from '../checkout';
import { declareSteps } from './steps';

let checkout: Checkout;
let tests = 0;
/** One run, so long that it has a middle. */
const declare = (what = 'x', seconds = 15): void => {
  declareSteps(checkout, { held: { script: `echo ${what}; sleep ${seconds}` } });
};
const runs = (): string[] => {
  try {
    return kubectl('get', 'pipelineruns', '-n', checkout.namespace, '-o', 'name').trim().split('\n').filter(Boolean);
  } catch {
    return []; // the namespace is not there yet
  }
};
async function begun(): Promise<Running> {
  const up = checkout.start(['up']);
  await until('the run is made', () => runs().length === 1);
  return up;
}

beforeEach(() => {
  checkout = new Checkout(`test-interruption-${(tests += 1)}`);
  declare();
});
afterEach(() => {
  checkout.discard();
});

test('kill -9 of up in the middle of a run: the next up goes on with the same one', async () => {
  const killed = await begun();
  const [run] = runs();
  const holder = checkout.lockHolder();
  expect(holder).toBeDefined();
  process.kill(Number(holder), 'SIGKILL');
  killed.child.kill('SIGKILL');
  await killed.result;

  const { code, output } = await checkout.csb('up');
  expect(output).toContain('An earlier `up` was killed');
  expect(output).not.toMatch(/pending operations|interrupted while/);
  expect(code).toBe(0);
  expect(runs()).toEqual([run]);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
});

test('kill -9 of up, and then another declaration: no warning stays, and what is left over is named', async () => {
  const killed = await begun();
  const [run = ''] = runs();
  process.kill(Number(checkout.lockHolder()), 'SIGKILL');
  killed.child.kill('SIGKILL');
  await killed.result;

  declare('y');
  const { code, output } = await checkout.csb('up');
  expect(output).toContain(`while it made PipelineRun ${run.split('/')[1] ?? ''}, which is not declared any more`);
  expect(output).toContain(`kubectl delete pipelinerun ${run.split('/')[1] ?? ''} --namespace ${checkout.namespace}`);
  expect(output).not.toMatch(/pending operations|interrupted while/);
  expect(code).toBe(0);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
});

test('kill -9 of csb alone leaves Pulumi to its work: the next csb waits for it', async () => {
  declare('x', 40);
  const killed = checkout.start(['up']);
  await until('the run is seen', () => /run held-[0-9a-f]{10}-1 has begun/.test(killed.said()), 120);
  // By then Pulumi has said that it waits, and says nothing more until the run ends: it dies of the next word that nobody reads.
  await sleep(10_000);
  killed.child.kill('SIGKILL');
  const { code, output } = await checkout.csb('up');
  expect(output).toContain("Another `up` of 'local' is running");
  expect(code).toBe(0);
  expect(runs()).toHaveLength(1);
});

test('two up at once: the second waits and finds nothing to do', async () => {
  const first = checkout.start(['up']);
  await until('the first holds the lock', () => checkout.lockHolder() !== undefined);
  const second = await checkout.csb('up');
  expect(second.output).toContain("Another `up` of 'local' is running");
  expect(second.output).toContain('Nothing changed.');
  expect([(await first.result).code, second.code]).toEqual([0, 0]);
});

test('two up that start together: one waits for the other, whichever is quicker', async () => {
  const results = await Promise.all([checkout.csb('up'), checkout.csb('up')]);
  expect(results.map(({ code }) => code)).toEqual([0, 0]);
  expect(results.filter(({ output }) => output.includes('Nothing changed.'))).toHaveLength(1);
  expect(runs()).toHaveLength(1);
});

test('pulumi cancel in the middle: the next up recovers', async () => {
  const first = await begun();
  expect((await checkout.pulumi('cancel', '--yes')).code).toBe(0);
  await first.result;
  const { code } = await checkout.csb('up');
  expect(code).toBe(0);
  expect(runs()).toHaveLength(1);
});
