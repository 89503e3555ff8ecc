/** The commands of the embedded platform: `npm run local -- <command>`. */
import { Command } from 'commander';
import { clean } from './commands/clean';
import { down } from './commands/down';
import { logNames, logs } from './commands/logs';
import { restart } from './commands/restart';
import { status } from './commands/status';
import { ensurePlatform } from './commands/up';
import { platformEnvironment } from './environment';

const quote = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

const program = new Command('local').description(
  'The embedded platform: a Kubernetes cluster with Tekton and a registry, on this machine',
);

program
  .command('up')
  .description('start what is missing')
  .action(() => ensurePlatform());
program.command('down').description('stop everything, keep the state').action(down);
program
  .command('clean')
  .description('stop everything and remove every trace, but not built programs and packages')
  .option('--caches', 'remove built programs, composed images and downloaded packages, too')
  .action(clean);
program.command('status').description('what runs, and whether it works').action(status);
program
  .command('logs')
  .description('what a component has written')
  .argument('<component>', logNames.join(', '))
  .option('-f, --follow', 'go on with what it writes from now on')
  .option('-n, --lines <number>', 'how many lines from the end', '100')
  .action(logs);
program.command('restart').description('restart one component, or the node').argument('<component>').action(restart);
program
  .command('env')
  .description('print shell commands that point Pulumi and kubectl at the platform: eval "$(npm run --silent local -- env)"')
  .action(() => {
    for (const [name, value] of Object.entries(platformEnvironment())) console.log(`export ${name}=${quote(value)}`);
  });

program.parseAsync().then(
  // Steps that wait for a failed one, and sockets of the lock, must not keep the command from ending.
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
