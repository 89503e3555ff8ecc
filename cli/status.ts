import { CONTRACTS } from '../languages/contracts';
import type { Settings } from '../lib/settings/settings';
import { contractVersion } from '../lib/toolforge/contract/contract';
import { askImages } from './asked-images';
import { ownImages } from './chosen-images';
import { type ImageOfTheWay, imagesOfTheWay, wordOf } from './images-of-the-way';
import { askOwnImages, type OwnImageStatus, renderOwnImages } from './own-image-status';
import { useClusterOf } from './pulumi-stack';
import { type ImageStatus, renderStatus, statusOf } from './render-status';

/** What `status --json` writes. */
export interface StatusReport {
  readonly environment: string;
  readonly images: readonly ImageStatus[];
  /** Tools' own images. */
  readonly ofTools: readonly OwnImageStatus[];
}

/** `csb status`: where each image is on its way over, whether the registry has what is declared, and what it has of tools' own images. */
export async function status(environment: string, { json }: { readonly json: boolean }): Promise<void> {
  const images = await statusesOf(environment);
  const settings = useClusterOf(environment);
  const ofTools = await askOwnImages(settings, ownImages(environment, settings));
  if (json) console.log(JSON.stringify({ environment, images, ofTools } satisfies StatusReport, undefined, 2));
  else console.log([renderStatus(images), renderOwnImages(ofTools)].filter((each) => each !== '').join('\n\n'));
}

/** The same as data. */
export async function statusesOf(environment: string): Promise<ImageStatus[]> {
  const settings = useClusterOf(environment);
  return statusesFor(environment, settings, imagesOfTheWay(environment, settings));
}

/** The same of some images. */
export async function statusesFor(
  environment: string,
  settings: Settings,
  images: readonly ImageOfTheWay[],
): Promise<ImageStatus[]> {
  const found = await askImages(environment, settings, images);
  return images.map((each) =>
    statusOf(each.name, wordOf(each), each.public, {
      ...{ reference: each.image?.reference, isChosen: each.isChosen, lacks: each.lacks },
      found: found.get(each.name),
      contractOf: (family) => contractVersion(family, CONTRACTS),
    }),
  );
}
