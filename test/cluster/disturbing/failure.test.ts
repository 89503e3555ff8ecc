/** A build that fails because of something else, and how to go on. */
import { Checkout, digestOf, forget } from '../checkout';

test('what failed because the mirror was away is retried without touching a declaration', async () => {
  const checkout = new Checkout('test-transient-failure', ['tzdata']);
  try {
    const image = checkout.image();
    await forget(image);
    const [, cache] = /^package-cache +(\d+) /m.exec(await checkout.local('status')) ?? [];
    process.kill(Number(cache), 'SIGKILL');
    const failed = await checkout.csb('up').finally(() => checkout.local('up'));
    expect(failed.output).toMatch(/step 'root-filesystem' of task '\S+' exited with/);
    // What apt says.
    expect(failed.output).toMatch(/\| .*(Could not connect|Failed to fetch|Unable to connect)/);
    expect(failed.code).toBe(1);

    const run = /csb -- retry (\S+)/.exec(failed.output)?.[1] ?? '';
    const { code, output } = await checkout.csb('retry', run);
    expect(output).toMatch(/ succeeded: built in \d/);
    expect(code).toBe(0);
    expect(await digestOf(image)).toMatch(/^sha256:/);
  } finally {
    checkout.discard();
  }
});
