/**
 * `npm start`: the embedded platform, the environment `local` on it, the demo tools, and in the end what runs and serves. With `--all`, the
 * environment has all families of images from then on, and not the few that its settings name.
 */
import { Command } from 'commander';
import { execa } from 'execa';
import { join } from 'node:path';
import { publicReferences } from '../cli/declared-images';
import { mustHaveAllOptions } from '../cli/swallowed-options';
import { prepareHomes, serveTools } from './demo/demo';
import { endTables } from './demo/end-table';
import { ensurePlatform } from './platform';

const root = join(__dirname, '..');
const say = (message: string): void => {
  console.log(message);
};

/** Runs a command as a process of its own: what it does is exactly what an administrator does by hand. */
async function byHand(program: string, ...words: readonly string[]): Promise<void> {
  const command = ['--require', join(root, 'cli/require.cjs'), join(root, program), ...words];
  const { failed } = await execa('node', command, { cwd: root, stdio: 'inherit', reject: false });
  if (failed) throw new Error('Not started; the reason stands above.');
}

async function start(all: boolean): Promise<void> {
  if (all) {
    await byHand('cli/main.ts', 'families', '--all');
    await byHand('main.ts');
  }
  await ensurePlatform();
  const homes = await prepareHomes(say);
  await byHand('cli/main.ts', 'up');
  const tools = await serveTools(homes, say);
  await byHand('local/main.ts', 'status');
  const tables = await endTables(publicReferences(root, 'local'), tools);
  if (tables !== undefined) say(tables);
  await byHand('cli/main.ts', 'families');
}

const program = new Command('start')
  .description('start the embedded platform, and make on it what the environment local declares')
  .option('--all', 'from now on all families of images, and not the few that Pulumi.local.yaml names', false)
  .hook('preAction', (_program, command) => {
    mustHaveAllOptions(command);
  })
  .action(({ all }: { all: boolean }) => start(all));

program.parseAsync().then(
  // The connections of the last questions must not keep the command from ending.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
