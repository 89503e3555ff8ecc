/** `clean`: removes every trace of the platform, also what a crash has left. */
import { rm } from 'node:fs/promises';
import { cachePath, statePath } from '../directories';
import { finishInstallation } from '../host/quiet-daemons';
import { withLock } from '../lock';
import { removePluginLink } from '../toolchain/kubernetes-plugin';
import { stopPlatform, waiting } from './down';

export async function clean(options: { caches?: true }): Promise<void> {
  await withLock('clean', waiting, async () => {
    const stopped = await stopPlatform();
    if (process.getuid?.() === 0) await finishInstallation();
    // Others may be writing into it still, such as a `pulumi` that a test has started.
    await rm(statePath(), { recursive: true, force: true, maxRetries: 10 });
    await rm(cachePath('temporary'), { recursive: true, force: true });
    if (options.caches === true) {
      await removePluginLink();
      await rm(cachePath(), { recursive: true, force: true });
    }
    const what = stopped.length === 0 ? 'Nothing was running' : `Stopped ${stopped.join(', ')}`;
    const kept =
      options.caches === true
        ? 'The caches are gone as well'
        : `Built programs, downloads and the registry's content are kept in ${cachePath()}`;
    console.log(`${what}; the state is gone. ${kept}.`);
  });
}
