import type { Content } from '../test/cluster/rebase/registry-content';
import { isSame, otherLayers, type Reproduced } from './reproduced';
import { seconds, table } from './tables';

export interface MeasuredReproduction {
  readonly images: readonly Reproduced[];
  /** How many tags other repositories had before. */
  readonly tags: number;
  /** Those of them that name something else now. */
  readonly moved: readonly string[];
  readonly machine: string;
  readonly load: { readonly before: number; readonly after: number };
  readonly date: string;
}

const short = ({ digest }: Content): string => `\`${digest.replace('sha256:', '').slice(0, 12)}\``;

function sameLayers(one: Content, other: Content): string {
  const count = Math.max(one.layers.length, other.layers.length);
  return `${other.layers.length - otherLayers(one, other).length} of ${count}`;
}

/** docs/bench/reproduce.md. */
export function reproducePage({ images, tags, moved, machine, load, date }: MeasuredReproduction): string {
  const rows = images.map((image) => {
    const { name, first, second } = image;
    return [
      ...[name, short(first.content), short(second.content), isSame(image) ? 'same' : '**other**'],
      sameLayers(first.content, second.content),
      first.seconds === undefined ? 'by `local`' : seconds(first.seconds),
      second.seconds === undefined ? '–' : seconds(second.seconds),
    ];
  });
  return `# Built again, digest for digest

<!-- Written by \`npm run bench -- reproduce\`; change bench/reproduce-page.ts and measure again. -->

\`npm run bench -- reproduce\` on ${date}: ${verdict(images)} ${ofTags(tags, moved)}

${table(['image', 'first build', 'second build', 'digest', 'layers the same', 'first took', 'second took'], rows)}

- The digest is that of the manifest: it covers the image's configuration and all layers. Its first 12 characters are shown.
- Everything was built from nothing in repositories that begin with another word, from the declarations and locks of this commit. The
  **second build** is the last one there.
- The **first build**, where the last column but one says \`by local\`, is what the environment \`local\` had under the same address
  (\`c-<address>\`) in its own repositories, made at another time in another namespace.
- An image that has the name of its run image's repository in it is another one in other repositories. Such images, and what \`local\` did not
  have, were forgotten by the registry and built a second time under the same names. The second time, a platform image stands on a builder
  that was built anew as well.
- What an image **took** is the pod that makes it, in whole seconds, without look-up, contract and promotion.
- The same both times were the machine, the toolbox, and the packages and sources, which the mirror's cache had.
${besideLocal(images)}
Machine: ${machine}, with the whole platform on it; its load was ${load.before.toFixed(1)} when the measurement began, and ${load.after.toFixed(1)} at its end.
`;
}

function verdict(images: readonly Reproduced[]): string {
  const others = images.filter((image) => !isSame(image)).map(({ name }) => name);
  if (others.length === 0) return `all ${images.length} images have the same digest when they are built again.`;
  return `**${others.length} of ${images.length} images have another digest when they are built again: ${others.join(', ')}.**`;
}

function ofTags(tags: number, moved: readonly string[]): string {
  if (moved.length === 0) return `None of the ${tags} tags that other repositories had before has moved.`;
  return `**Of the ${tags} tags that other repositories had before, these have moved: ${moved.join(', ')}.**`;
}

/** What becomes other by another name of the repository. */
function besideLocal(images: readonly Reproduced[]): string {
  const rows = images.flatMap(({ name, second, local }) => {
    if (local === undefined) return [];
    const others = otherLayers(local, second.content).map(({ what }) => `\`${what}\``);
    return [[name, short(local), sameLayers(local, second.content), others.join(', ') || 'none']];
  });
  if (rows.length === 0) return '';
  return `
## What the name of a repository changes

The builder says in \`/cnb/run.toml\` and in a label where its run image is, a platform image in the lifecycle's label. Beside what \`local\` has
of the same address in its own repositories:

${table(['image', 'in `local`', 'layers the same', 'other layers'], rows)}

The rest of the difference is the configuration.
`;
}
