/** `npm run test:cluster`: makes the embedded platform if need be, then runs the tests that need a real cluster on it. */
import { execa } from 'execa';
import { join } from 'node:path';
import { ensurePlatform, platformEnvironment } from '../../local/platform';

const root = join(__dirname, '../..');

async function main(): Promise<void> {
  await ensurePlatform();
  const args = ['--config', 'test/cluster/jest.config.cjs', ...process.argv.slice(2)];
  const { exitCode } = await execa('jest', args, {
    cwd: root,
    preferLocal: true,
    stdio: 'inherit',
    env: platformEnvironment(),
    reject: false,
  });
  process.exitCode = exitCode;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
