/** A build that fails: what is said, each time, until something changes. */
import { Checkout } from '../checkout';

const LOCK = 'stacks/locks/bookworm.json';
// Otherwise synthesis ends before anything is built.
const LOCKED = `"no-such-package": { "version": "1", "sha256": "${'0'.repeat(64)}" },`;

test('a failed build fails up with the last lines of the step and its exit code, each time until something changes', async () => {
  const checkout = new Checkout('test-failed-build', ['no-such-package']);
  checkout.edit(LOCK, (text) => text.replace('"base": {', `"base": {${LOCKED}`));
  try {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { code, output } = await checkout.csb('up');
      expect(output).toMatch(/run bookworm-base-[0-9a-f]{10}-1 did not succeed: Failed/);
      expect(output).toMatch(/step 'root-filesystem' of task '\S+' exited with [1-9]\d*\.\s+Its last lines:/);
      expect(output).toMatch(/\| .*no-such-package/);
      expect(output).toMatch(/npm run csb -- retry bookworm-base-[0-9a-f]{10}-1/);
      expect(code).toBe(1);
    }
    checkout.edit(LOCK, (text) => text.replace(LOCKED, ''));
    checkout.edit('stacks/environment.ts', (text) => text.replace('["no-such-package"]', '[]'));
    expect((await checkout.csb('up')).code).toBe(0);
  } finally {
    await checkout.remove();
  }
});
