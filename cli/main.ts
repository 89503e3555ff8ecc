/** `npm run csb -- <command>`: what administrators do with an environment. */
import { CommandError } from '@pulumi/pulumi/automation';
import { Command } from 'commander';
import { destroy, preview, retry, up } from './deploy-commands';
import { lock } from './lock';
import { rebuild, type RebuildOptions } from './rebuild';
import { showContract } from './show-contract';

const program = new Command('csb')
  .description('Toolforge platform images from Cloud Native Buildpacks')
  .option('-e, --environment <name>', 'the environment: the name in Pulumi.<name>.yaml', 'local');
const environment = (): string => program.opts<{ environment: string }>().environment;

program
  .command('up')
  .description('make the cluster and the registry what the declarations say')
  .action(() => up(environment()));
program
  .command('preview')
  .description('show what up would do')
  .action(() => preview(environment()));
program
  .command('retry <run>')
  .description('make a run again, as its next attempt, after a failure that will not come back')
  .action((run: string) => retry(environment(), run));
program
  .command('destroy')
  .description("remove everything of the environment from the cluster; the registry's content stays")
  .action(() => destroy(environment()));

program
  .command('rebuild [image]')
  .description('make a platform image again, with everything that it stands on, and try its contract again')
  .option('--all', 'all images', false)
  .option('--dry-run', 'only show what would be made, in order', false)
  .action((image: string | undefined, options: RebuildOptions) => rebuild(environment(), image, options));
program
  .command('contract [image]')
  .description('write docs/contract/ from what the registry attests of the images')
  .action((image: string | undefined) => showContract(environment(), image));
program
  .command('lock')
  .description('lock the packages of all stacks to what the mirror has now; commit the result')
  .action(() => lock(environment()));

program.parseAsync().catch((error: unknown) => {
  // Pulumi's own output, with the reason, has been shown already.
  console.error(
    error instanceof CommandError ? 'Failed; the reason stands above.' : error instanceof Error ? error.message : error,
  );
  process.exitCode = 1;
});
