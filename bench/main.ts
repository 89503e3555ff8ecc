/** `npm run bench -- <what>`: measures, and writes the page in docs/ that says so. */
import { Command } from 'commander';
import { benchDeploy } from './deploy';
import { benchFleet } from './fleet';
import { benchLayers, type LayersOptions } from './layers';
import { benchRebase } from './rebase';
import { benchRelease } from './release';
import { benchReproduce } from './reproduce';
import { benchStorage } from './storage';
import { benchSynth } from './synth';

const program = new Command('bench').description('measures what the pages in docs/ say');
program
  .command('synth')
  .description("synthesis of 100, 1,000 and 10,000 objects, beside cdk8s' own and the mere dump: docs/bench/synth.md")
  .action(benchSynth);
program
  .command('deploy')
  .argument('[sizes...]', 'only these, such as own, 60: then no page is written')
  .description(
    'previews and first ups of our own, 60, 200 and 1,000 objects, beside kubectl; needs the embedded platform: docs/bench/deploy.md',
  )
  .action((sizes: string[]) => benchDeploy(sizes));
program
  .command('rebase')
  .description('a security update of the distro, three ways; needs the embedded platform: docs/rebase.md')
  .action(benchRebase);
program
  .command('release')
  .description(
    'a security update of all images of a release, and the legacy way; needs the embedded platform: docs/bench/release.md',
  )
  .action(benchRelease);
program
  .command('fleet')
  .argument('[sizes...]', 'only these, such as 100: then no page is written')
  .description(
    'many images on another run image, by csb-registry and by the lifecycle; needs the embedded platform: docs/bench/fleet.md',
  )
  .action((sizes: string[]) => benchFleet(sizes));
program
  .command('reproduce')
  .description(
    'every image built again, and compared with an earlier build digest for digest; needs the embedded platform: docs/bench/reproduce.md',
  )
  .action(benchReproduce);
program
  .command('storage')
  .argument('[images...]', 'only these: then no page is written')
  .description(
    'all images made the legacy way, beside ours, and tried by the same contract; needs the embedded platform: docs/bench/storage.md',
  )
  .action((images: string[]) => benchStorage(images));
program
  .command('layers')
  .option('--before <tag>', 'the tag of our images of before, which are compared as well')
  .description(
    'bytes in the registry, of pulls and of updates, and seconds on a node, of legacy images and ours; needs the embedded platform: docs/bench/layers.md',
  )
  .action((options: LayersOptions) => benchLayers(options));

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
