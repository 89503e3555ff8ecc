/**
 * `npm run bench -- reproduce`: builds every image again, compares it digest for digest with an earlier build, and writes
 * docs/bench/reproduce.md. Needs the embedded platform.
 *
 * Everything is built in a checkout, namespaces and repositories of its own. What `local` has of the same address is the earlier build. An
 * image that has the name of a repository in it is another one in other repositories: it is built twice, under the same names.
 */
import { cpus, loadavg, totalmem } from 'node:os';
import { ensurePlatform, platformEnvironment } from '../local/platform';
import { type FinishedRun, imageRuns } from '../test/cluster/rebase/finished-runs';
import { type Content, contentOf, tagsOutside } from '../test/cluster/rebase/registry-content';
import { WholeCheckout } from '../test/cluster/rebase/whole-checkout';
import { isSame, otherLayers, type Reproduced } from './reproduced';
import { reproducePage } from './reproduce-page';
import { writeGenerated } from './write-generated';

/** Always the same: so an image that has the name of its repository in it is the same one with every measurement. */
const PREFIX = 'bench-reproduce';

/** Builds, compares, and writes the page; an image that is another one, or a tag that moved, ends it with exit code 1. */
export async function benchReproduce(): Promise<void> {
  await ensurePlatform();
  Object.assign(process.env, platformEnvironment());
  const [before = 0] = loadavg();
  const tags = await tagsOutside(`${PREFIX}/`);
  const images = await buildEverything();
  const now = await tagsOutside(`${PREFIX}/`);
  const moved = [...tags].filter(([tag, digest]) => now.get(tag) !== digest).map(([tag]) => tag);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? '?'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB`;
  const load = { before, after: loadavg()[0] ?? 0 };
  const date = new Date().toISOString().slice(0, 10);
  writeGenerated('docs/bench/reproduce.md', reproducePage({ images, tags: tags.size, moved, machine, load, date }));
  for (const image of images) console.log(sayOf(image));
  if (moved.length > 0) console.log(`these tags have moved: ${moved.join(', ')}`);
  if (moved.length > 0 || !images.every(isSame)) process.exitCode = 1;
}

function sayOf({ name, first, second }: Reproduced): string {
  if (first.content.digest === second.content.digest) return `${name}: ${second.content.digest} both times`;
  const layers = otherLayers(first.content, second.content).map(({ digest, what }) => `\n  ${what}: ${digest}`);
  return `${name}: ${first.content.digest}, then ${second.content.digest}, which has of its own: ${layers.join('') || 'no layer'}`;
}

async function buildEverything(): Promise<Reproduced[]> {
  const checkout = new WholeCheckout(PREFIX, PREFIX, { apart: true });
  try {
    // No tool is to be served.
    checkout.edit('Pulumi.local.yaml', (text) => text.replace('demo: true', 'demo: false'));
    // What a measurement that was killed may have left.
    await checkout.forgetImages();
    console.log('building everything');
    await checkout.up();
    const built = await allBuilt(imageRuns(checkout.namespace));
    const again = built.filter(({ content, local }) => local === undefined || content.configuration.includes(`/${PREFIX}/`));
    console.log(`building again: ${again.map(({ name }) => name).join(', ')}`);
    await checkout.forgetImages(again.map(({ run }) => run.repository));
    await checkout.rebuild();
    const names = again.map(({ name }) => name);
    const rebuilt = await allBuilt(imageRuns(checkout.namespace).filter((run) => names.includes(nameOf(run))));
    return built.map(({ name, local, ...build }) => {
      const second = rebuilt.find((each) => each.name === name);
      if (second !== undefined) return { name, first: build, second, ...(local && { local }) };
      if (local === undefined) throw new Error(`${name} was built once, and there is nothing to compare it with`);
      return { name, first: { content: local }, second: build };
    });
  } finally {
    await checkout.remove();
  }
}

interface Built {
  readonly name: string;
  readonly run: FinishedRun;
  readonly content: Content;
  readonly seconds: number;
  /** What `local` has of the same address. */
  readonly local: Content | undefined;
}

const nameOf = ({ repository }: FinishedRun): string => repository.slice(PREFIX.length + 1);

/** What these runs have made, every one of them just now. */
function allBuilt(runs: readonly FinishedRun[]): Promise<Built[]> {
  return Promise.all(
    runs.map(async (run) => {
      const name = nameOf(run);
      if (run.made !== 'built' || run.making === undefined)
        throw new Error(
          `the run of ${run.repository}:${run.tag} has '${run.made}' it, expected is 'built': it was to be forgotten`,
        );
      const content = await contentOf(run.repository, run.tag);
      if (content === undefined) throw new Error(`the registry has no ${run.repository}:${run.tag}, which was built just now`);
      return { name, run, content, seconds: run.making.seconds, local: await contentOf(name, run.tag) };
    }),
  );
}
