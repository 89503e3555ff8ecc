/** A build that fails because of something else, and how to go on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { hostAddress, nodeAddress, packageCacheName, packageCachePort } from '../../../local/addresses';
import { findNode } from '../../../local/node/holder';
import { Checkout, digestOf, forget } from '../checkout';
import { inNodeNetwork, Opening } from '../node-network';

const PORT = 3143;

/** A mirror of the test's own, so that nobody else's goes away: the platform's package cache, at a port of the node. */
class Mirror {
  /** The name of the node that pods know. */
  readonly name = `registry.local:${PORT}`;
  private forwarder: ChildProcess | undefined;

  private constructor(
    private readonly node: number,
    private readonly opening: Opening,
  ) {}

  /** One that pods may call, and that is not there yet. */
  static async away(): Promise<Mirror> {
    const node = await findNode();
    if (node === undefined) throw new Error('the embedded platform does not run; start it with: npm start');
    const opening = new Opening(node, ['-p', 'tcp', '-d', nodeAddress, '--dport', String(PORT)]);
    opening.close(); // what a test that was killed has left
    opening.open();
    return new Mirror(node, opening);
  }

  async comesBack(): Promise<void> {
    const program = [process.execPath, '--require', './cli/require.cjs', join(__dirname, 'forwarder.ts')];
    const ways = [nodeAddress, PORT, hostAddress, packageCachePort].map(String);
    const [command, words] = inNodeNetwork(this.node, [...program, ...ways]);
    this.forwarder = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = this.forwarder;
    const ended = once(this.forwarder, 'exit').then(() => Promise.reject(new Error('the forwarder does not listen')));
    if (stdout) await Promise.race([once(stdout, 'data'), ended]);
    ended.catch(() => undefined); // it is ended in the end
  }

  stop(): void {
    this.forwarder?.kill();
    this.opening.close();
  }
}

test('what failed because the mirror was away is retried without touching a declaration', async () => {
  const mirror = await Mirror.away();
  const checkout = new Checkout('test-transient-failure', ['tzdata']);
  try {
    checkout.edit('Pulumi.local.yaml', (text) => text.replaceAll(packageCacheName, mirror.name));
    const image = checkout.image();
    await forget(image);
    const failed = await checkout.csb('up');
    expect(failed.output).toMatch(/step 'root-filesystem' of task '\S+' exited with/);
    // What apt says.
    expect(failed.output).toMatch(/\| .*(Could not connect|Failed to fetch|Unable to connect)/);
    expect(failed.code).toBe(1);

    await mirror.comesBack();
    const run = /csb -- retry (\S+)/.exec(failed.output)?.[1] ?? '';
    const { code, output } = await checkout.csb('retry', run);
    expect(output).toMatch(/ succeeded: built in \d/);
    expect(code).toBe(0);
    expect(await digestOf(image)).toMatch(/^sha256:/);
  } finally {
    checkout.discard();
    mirror.stop();
  }
});
