import { describeSynthesis, type DescribedObject } from '../lib/diff/described-object';
import { compareObjects } from '../lib/diff/environment-difference';
import { renderImages } from '../lib/diff/render-difference';
import { Runtime } from '../lib/buildpacks/runtime/runtime';
import { Stack } from '../lib/buildpacks/stack/stack';
import type { Settings } from '../lib/settings/settings';
import { SynthesisError } from '../lib/synth/validation';
import { declareEnvironment } from '../stacks/environment';
import { lockedSizes } from '../stacks/locks/locked-sizes';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { csb } from './csb';
import { withAllFamilies } from './images-of-the-way';
import { lock } from './lock';
import { parity } from './parity';
import { useClusterOf } from './pulumi-stack';
import { newestOf, sourcesOf } from './runtime-sources';
import { renderProposals } from './source-proposals';
import { writeDist } from './write-dist';

/**
 * `csb update [stack...]`: takes into the locks of these stacks, or of all, what the environment's mirror has now, and writes all that follows
 * from them: layer plans, dist/ and docs/parity/. Shows the packages, the images that change and what a node fetches of each. Of the runtimes
 * on the same releases, it proposes the newest sources that can be fetched; a new one is compiled, so people take it. Nothing of it is in the
 * cluster before `up`.
 */
export async function update(environment: string, names: readonly string[]): Promise<void> {
  const settings = withAllFamilies(useClusterOf(environment));
  const before = declared(environment, settings);
  await lock(environment, names);
  const after = declared(environment, settings);
  if (after instanceof Error || !(await writeDist()))
    throw new Error(`the locks are written, and dist/ is not whole; mend it, then: npm run synth`, { cause: after });
  if (!(before instanceof Error)) console.log(renderImages(compareObjects(before, after, { sizes: lockedSizes() }).images));
  parity(environment, () => undefined);
  console.log(
    `Review and commit it: git add stacks/locks dist docs/parity && git commit. What up will do: ${csb(environment, 'plan')}`,
  );
  try {
    for (const line of await proposals(environment, settings, names)) console.log(line);
  } catch (error) {
    // All else is done.
    console.error(`what runtimes could be made from is not known: ${(error as Error).message}`);
  }
}

/** What of the runtimes on the releases of these stacks, or on all, could be made from something newer. */
async function proposals(environment: string, settings: Settings, names: readonly string[]): Promise<string[]> {
  const whole = declareEnvironment(environment, settings);
  const stacks = Stack.allOf(whole).filter(({ name }) => names.length === 0 || names.includes(name));
  const suites = new Set(stacks.map(({ suite }) => suite));
  const sources = sourcesOf(Runtime.allOf(whole).filter(({ builtOn }) => suites.has(builtOn.suite)));
  const newest = await newestOf(settings, sources);
  const found = sources.flatMap((source, i) => newest.slice(i, i + 1).map((has) => ({ source, has })));
  return renderProposals(found, settings.mirror);
}

/** What is declared, or why it cannot be synthesized: a lock that a declaration has grown out of is what this command mends. */
function declared(environment: string, settings: Settings): DescribedObject[] | SynthesisError {
  try {
    return describeSynthesis(synthesizeEnvironment(environment, settings));
  } catch (error) {
    if (error instanceof SynthesisError) return error;
    throw error;
  }
}
