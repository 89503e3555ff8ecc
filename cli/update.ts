import { describeSynthesis, type DescribedObject } from '../lib/diff/described-object';
import { compareObjects } from '../lib/diff/environment-difference';
import { renderImages } from '../lib/diff/render-difference';
import type { Settings } from '../lib/settings/settings';
import { SynthesisError } from '../lib/synth/validation';
import { lockedSizes } from '../stacks/locks/locked-sizes';
import { synthesizeEnvironment } from '../stacks/synthesize-environment';
import { csb } from './csb';
import { withAllFamilies } from './images-of-the-way';
import { lock } from './lock';
import { parity } from './parity';
import { useClusterOf } from './pulumi-stack';
import { writeDist } from './write-dist';

/**
 * `csb update [stack...]`: takes into the locks of these stacks, or of all, what the environment's mirror has now, and writes all that follows
 * from them: layer plans, dist/ and docs/parity/. Shows the packages, the images that change and what a node fetches of each. Nothing of it
 * is in the cluster before `up`.
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
