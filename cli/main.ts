/** `npm run csb -- <command>`: what administrators do with an environment. */
import { failWithTwo } from './failures';
import { Command, InvalidArgumentError } from 'commander';
import { bootstrap, type BootstrapOptions } from './bootstrap';
import { catalogue } from './catalogue';
import { destroy, preview, retry, type ShowOptions, up } from './deploy-commands';
import { csb } from './csb';
import { diff, type DiffOptions } from './diff';
import { drift } from './drift';
import { explain } from './explain';
import { families } from './families';
import { history } from './history';
import { lock } from './lock';
import { migrate } from './migrate';
import { parity } from './parity';
import { plan, type PlanOptions } from './plan';
import { planLayers, type PlanLayersOptions } from './plan-layers';
import { prune, type PruneOptions } from './prune';
import { rebuild, type RebuildOptions } from './rebuild';
import { restart, type RestartOptions } from './restart';
import { rollback, type RollbackOptions, unpin } from './rollback';
import { showContract } from './show-contract';
import { status } from './status';
import { mustHaveAllOptions } from './swallowed-options';
import { update } from './update';

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('expected is a whole number from 1');
  return Number(text);
}

const program = new Command('csb')
  .description('Toolforge platform images from Cloud Native Buildpacks')
  .option('-e, --environment <name>', 'the environment: the name in Pulumi.<name>.yaml', 'local')
  .hook('preAction', (_program, command) => {
    mustHaveAllOptions(command);
  });
const JSON_OPTION = ['--json', 'as data: a line for each ViewEvent of cli/view/event.ts', false] as const;
const environment = (): string => program.opts<{ environment: string }>().environment;

program
  .command('up')
  .description('make the cluster and the registry what the declarations say')
  .option(...JSON_OPTION)
  .action((options: ShowOptions) => up(environment(), options));
program
  .command('preview')
  .description('show what up would do')
  .action(() => preview(environment()));
program
  .command('retry <run>')
  .description('make a run again, as its next attempt, after a failure that will not come back')
  .option(...JSON_OPTION)
  .action((run: string, options: ShowOptions) => retry(environment(), run, options));
program
  .command('destroy')
  .description("remove everything of the environment from the cluster; the registry's content stays")
  .option(...JSON_OPTION)
  .action((options: ShowOptions) => destroy(environment(), options));
program
  .command('bootstrap')
  .description(
    'make what an environment needs before its first build, push it to its registry, and write the digests into its settings',
  )
  .option('--auth <file>', "a config.json of docker with the registry's credentials; without it, your own")
  .option('--update', "make the toolbox of the packages that the environment's mirror has today", false)
  .action((options: BootstrapOptions) => bootstrap(environment(), options));

program
  .command('rebuild [image]')
  .description('make a platform image again, with everything that it stands on, and try its contract again')
  .option('--all', 'all images', false)
  .option('--legacy <folder>', 'a checkout of the legacy repository, for images that nothing here declares')
  .option('--dry-run', 'only show what would be made, in order', false)
  .option(...JSON_OPTION)
  .action((image: string | undefined, options: RebuildOptions) => rebuild(environment(), image, options));
program
  .command('contract [image]')
  .description('write docs/contract/ from what the registry attests of the images')
  .action((image: string | undefined) => showContract(environment(), image));
program
  .command('status')
  .description('where each image is on its way over from the legacy catalogue, and what the registry has of it')
  .option('--json', 'as data: StatusReport in cli/status.ts', false)
  .action((options: { json: boolean }) => status(environment(), options));
program
  .command('history [what]')
  .description('how public tags have moved, of an image, of all on a stack, or of all, and by which order')
  .option('--json', 'as data: HistoryReport in cli/history.ts', false)
  .action((what: string | undefined, options: { json: boolean }) => history(environment(), what, options));
program
  .command('rollback [what]')
  .description(
    "make an image, or all on a stack, public again as it was before, and pin platform images there; commit the pin. A tool's own stays there until something else is pushed or declared",
  )
  .option('--all', 'all images', false)
  .option('--to <digest>', 'a digest, or the beginning of one of its history; without it, what was public before')
  .option('--reason <text>', "for whoever asks when the pin may go; only tools' own images need none")
  .action((what: string | undefined, options: RollbackOptions) => rollback(environment(), what, options));
program
  .command('unpin [what]')
  .description('remove the pin of an image, or of all on a stack; the next up promotes what is declared')
  .option('--all', 'all images', false)
  .action((what: string | undefined, options: { all: boolean }) => unpin(environment(), what, options));
program
  .command('restart [what]')
  .description('which webservices run an older image than is public, of an image, of all on a stack, or of all')
  .option('--go', 'restart them', false)
  .option('--wave <count>', 'how many at a time; the first wave that does not get ready is the last', Number, 10)
  .action((what: string | undefined, options: RestartOptions) => restart(environment(), what, options));
program
  .command('prune')
  .description('what of the registry nothing needs any more, and how many bytes that is')
  .option('--go', 'remove it', false)
  .option('--json', 'each manifest, as data: Retention in lib/registry/retention.ts', false)
  .option('--previous <count>', 'of what a public tag was before, only the last so many stay (default: all)', wholeNumber)
  .action((options: PruneOptions) => prune(environment(), options));
program
  .command('migrate <image>')
  .description('the next step of an image on its way over; changes nothing')
  .action((image: string) => migrate(environment(), image));
program
  .command('explain <image>')
  .description('what decides the address of an image, layer by layer, and where that is declared')
  .option('--json', 'as data: Explanation in cli/explanation.ts', false)
  .action((image: string, options: { json: boolean }) => {
    explain(environment(), image, options);
  });
program
  .command('catalogue')
  .description('write docs/catalogue.md: every legacy image with its successor, contract, size and build time')
  .action(() => catalogue(environment()));
program
  .command('parity')
  .description('write docs/parity/: what each image has of the packages that its legacy one names')
  .action(() => {
    parity(environment());
  });
program
  .command('families')
  .description('which families of images the environment declares, and what all of them would add')
  .option('--all', 'write into its settings that it declares all', false)
  .action((options: { all: boolean }) => {
    families(environment(), options);
  });
program
  .command('lock [stack...]')
  .description('lock the packages of these stacks, or of all, to what the mirror has now; commit the result')
  .action(async (stacks: string[]) => {
    await lock(environment(), stacks);
    console.log(`Now: npm run synth, npm run csb -- parity, review the diff, ${csb(environment(), 'up')}`);
  });
program
  .command('update [stack...]')
  .description(
    'lock, and all that follows from it: dist/ and docs/parity/; shows which images change and what a node fetches; proposes newer sources of runtimes',
  )
  .action((stacks: string[]) => update(environment(), stacks));
program
  .command('plan-layers [release]')
  .description(
    'extend the layer plan of a release, or of all, by what its locks have, and say what that costs; commit the result',
  )
  .option('--fresh', 'make a new plan instead: all layers that change with it are sent anew', false)
  .action((release: string | undefined, options: PlanLayersOptions) => planLayers(environment(), release, options));

/** A command whose exit code is an answer: errors are 2, so that 1 only ever means a difference. */
const answers = (command: Command): Command =>
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2)).hook('preAction', failWithTwo);

answers(program.command('diff [from] [to]'))
  .description(
    'what differs between two synths, or a synth and the cluster: by construct, and which images it rebuilds or rebases',
  )
  .addHelpText('after', '\nfrom, to: a git revision (its dist/), `working` (the declarations now) or `cluster`')
  .option('--json', 'as data: DiffReport in cli/diff.ts', false)
  .option('--exit-code', 'exit with 1 when something differs', false)
  .action(async (from: string | undefined, to: string | undefined, options: DiffOptions) => {
    const named = program.getOptionValueSource('environment') === 'cli';
    process.exitCode = await diff(named ? environment() : undefined, from ?? 'HEAD', to ?? 'working', options);
  });
answers(program.command('plan'))
  .description(
    'what up would do for each image, why, how long it takes, what a node fetches, who uses it; exits with 1 when up would fail',
  )
  .option('--json', 'as data: PlanReport in cli/plan-report.ts', false)
  .option('--markdown', 'as a table for a review', false)
  .action(async (options: PlanOptions) => {
    process.exitCode = await plan(environment(), options);
  });
answers(program.command('drift'))
  .description("what differs in the environment's cluster from what is declared; exits with 1 when something does")
  .option('--json', 'as data: DriftReport in cli/drift.ts', false)
  .action(async (options: { json: boolean }) => {
    process.exitCode = await drift(environment(), options);
  });

void program.parseAsync(); // what it rejects with is said by ./failures
