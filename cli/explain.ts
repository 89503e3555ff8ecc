import { tagOf } from '../lib/registry/image-reference';
import { readSettings } from '../lib/settings/settings';
import { columns } from '../local/columns';
import { type Explanation, explanationOf } from './explanation';
import { csb } from './csb';
import { imageOfTheWay } from './images-of-the-way';
import { ROOT } from './pulumi-stack';

/** `csb explain <image>`: what decides the address of an image, layer by layer. It asks no cluster. */
export function explain(environment: string, name: string, { json }: { readonly json: boolean }): void {
  const { image, name: found, isChosen } = imageOfTheWay(environment, readSettings(ROOT, environment), name);
  if (image === undefined)
    throw new Error(
      `nothing declares '${found}', so it has no address; what its next step is: ${csb(environment, `migrate ${found}`)}`,
    );
  const explanation = { ...explanationOf(image), isChosen, isPinned: tagOf(image.reference) === undefined };
  console.log(json ? JSON.stringify(explanation, undefined, 2) : renderExplanation(explanation));
}

/**
 * An explanation as text, within 80 columns but for the reference. A buildpack is its folder: the part that it lays has its name.
 *
 * @param explanation - and whether the environment makes the image, and whether it is pinned to one that was made before
 */
export function renderExplanation(explanation: Explanation & { readonly isChosen: boolean; readonly isPinned: boolean }): string {
  const { name, declaredIn, reference, runImage, ownLayers, madeWith, isChosen, isPinned } = explanation;
  const table = (layers: Explanation['runImage']) => columns(layers.map(cells));
  const cells = ({ what, name: layer, address, declaredIn: file }: Explanation['runImage'][number]) => {
    if (what === 'buildpack') return [what, file, address];
    return [what, layer === what ? '' : layer, address, file];
  };
  return [
    `${name}, declared in ${declaredIn}`,
    reference,
    ...(isChosen ? [] : ['not made here: the setting families leaves its family out']),
    ...(isPinned ? ['pinned to what was public before (stacks/pins);', 'what follows is what is declared, without the pin'] : []),
    '',
    'the run image under it: in r<...> of the tag; another one is a rebase',
    table(runImage),
    '',
    'its own layers: in c-<...> of the tag; another one is a build',
    table(ownLayers),
    '',
    'made with, and in neither',
    table(madeWith),
  ].join('\n');
}
