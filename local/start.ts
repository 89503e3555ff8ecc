/** `npm start`: the embedded platform, then the environment `local` on it, then what runs and what was built. */
import { execa } from 'execa';
import { join } from 'node:path';
import { ensurePlatform } from './platform';

async function start(): Promise<void> {
  await ensurePlatform();
  // A process of its own: what it does is exactly what an administrator does by hand.
  await execa('tsx', [join(__dirname, '../cli/main.ts'), 'up'], {
    stdio: 'inherit',
    preferLocal: true,
    localDir: join(__dirname, '..'),
  });
  await execa('tsx', [join(__dirname, 'main.ts'), 'status'], {
    stdio: 'inherit',
    preferLocal: true,
    localDir: join(__dirname, '..'),
  });
}

start().catch((error: unknown) => {
  console.error(error instanceof Error && !('command' in error) ? error.message : 'Not started; the reason stands above.');
  process.exitCode = 1;
});
