import { CONTRACTS } from '../languages/contracts';
import type { Settings } from '../lib/settings/settings';
import { contractVersion } from '../lib/toolforge/contract/contract';
import { askImages } from './asked-images';
import { type ImageOfTheWay, imagesOfTheWay, wordOf } from './images-of-the-way';
import { useClusterOf } from './pulumi-stack';
import { type ImageStatus, renderStatus, statusOf } from './render-status';

/** What `status --json` writes. */
export interface StatusReport {
  readonly environment: string;
  readonly images: readonly ImageStatus[];
}

/** `csb status`: where each image is on its way over, and whether the registry has what is declared. */
export async function status(environment: string, { json }: { readonly json: boolean }): Promise<void> {
  const images = await statusesOf(environment);
  console.log(json ? JSON.stringify({ environment, images } satisfies StatusReport, undefined, 2) : renderStatus(images));
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
