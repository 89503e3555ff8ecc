/** `npm start`: the embedded platform, the environment `local` on it, the demo tools, and in the end what runs and serves. */
import { execa } from 'execa';
import { join } from 'node:path';
import { prepareHomes, serveTools } from './demo/demo';
import { endTables } from './demo/end-table';
import { ensurePlatform } from './platform';

const root = join(__dirname, '..');
const say = (message: string): void => {
  console.log(message);
};

/** Runs a command as a process of its own: what it does is exactly what an administrator does by hand. */
async function byHand(program: string, command: string): Promise<void> {
  const { failed } = await execa('tsx', [join(root, program), command], {
    stdio: 'inherit',
    preferLocal: true,
    localDir: root,
    reject: false,
  });
  if (failed) throw new Error('Not started; the reason stands above.');
}

async function start(): Promise<void> {
  await ensurePlatform();
  const homes = await prepareHomes(say);
  await byHand('cli/main.ts', 'up');
  const tools = await serveTools(homes, say);
  await byHand('local/main.ts', 'status');
  const tables = await endTables(tools);
  if (tables !== undefined) say(tables);
}

start().then(
  // The connections of the last questions must not keep the command from ending.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
