/** `up` that is killed or cancelled: the next one recovers without a hand. */
import { Checkout } from '../checkout';
import { begun, declareHeld, runsOf } from './steps';

let checkout: Checkout;
let tests = 0;

beforeEach(() => {
  checkout = new Checkout(`test-interruption-${(tests += 1)}`);
  declareHeld(checkout);
});
afterEach(() => {
  checkout.discard();
});

test('kill -9 of up in the middle of a run: the next up goes on with the same one', async () => {
  const killed = await begun(checkout);
  const [run] = runsOf(checkout);
  const holder = checkout.lockHolder();
  expect(holder).toBeDefined();
  process.kill(Number(holder), 'SIGKILL');
  killed.child.kill('SIGKILL');
  await killed.result;

  const { code, output } = await checkout.csb('up');
  expect(output).toContain('An earlier `up` was killed');
  expect(output).not.toMatch(/pending operations|interrupted while/);
  expect(code).toBe(0);
  expect(runsOf(checkout)).toEqual([run]);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
});

test('kill -9 of up, and then another declaration: no warning stays, and what is left over is named', async () => {
  const killed = await begun(checkout);
  const [run = ''] = runsOf(checkout);
  process.kill(Number(checkout.lockHolder()), 'SIGKILL');
  killed.child.kill('SIGKILL');
  await killed.result;

  declareHeld(checkout, { what: 'y' });
  const { code, output } = await checkout.csb('up');
  expect(output).toContain(`while it made PipelineRun ${run.split('/')[1] ?? ''}, which is not declared any more`);
  expect(output).toContain(`kubectl delete pipelinerun ${run.split('/')[1] ?? ''} --namespace ${checkout.namespace}`);
  expect(output).not.toMatch(/pending operations|interrupted while/);
  expect(code).toBe(0);
  expect((await checkout.csb('up')).output).toContain('Nothing changed.');
});

test('pulumi cancel in the middle: the next up recovers', async () => {
  const first = await begun(checkout);
  expect((await checkout.pulumi('cancel', '--yes')).code).toBe(0);
  await first.result;
  const { code } = await checkout.csb('up');
  expect(code).toBe(0);
  expect(runsOf(checkout)).toHaveLength(1);
});
