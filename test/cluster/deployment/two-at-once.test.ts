/** Two `up` of an environment at the same time, however that came: one waits for the other, and everything is made once. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Checkout, until } from '../checkout';
import { declareHeld, runsOf } from './steps';

let checkout: Checkout;
let tests = 0;

beforeEach(() => {
  checkout = new Checkout(`test-two-${(tests += 1)}`);
  declareHeld(checkout);
});
afterEach(() => {
  checkout.discard();
});

test('kill -9 of csb alone leaves Pulumi to its work: the next csb waits for it', async () => {
  declareHeld(checkout, { seconds: 40 });
  const killed = checkout.start(['up']);
  await until('the run is seen', () => /run held-[0-9a-f]{10}-1 has begun/.test(killed.said()), 120);
  // By then Pulumi has said that it waits, and says nothing more until the run ends: it dies of the next word that nobody reads.
  await sleep(10_000);
  killed.child.kill('SIGKILL');
  const { code, output } = await checkout.csb('up');
  expect(output).toContain("Another `up` of 'local' is running");
  expect(code).toBe(0);
  expect(runsOf(checkout)).toHaveLength(1);
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
  expect(runsOf(checkout)).toHaveLength(1);
});
