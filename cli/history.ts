import { chosenImages } from './chosen-images';
import { askPromotions, type Promotions, renderPromotions } from './promotions';
import { useClusterOf } from './pulumi-stack';

/** What `history --json` writes. */
export interface HistoryReport {
  readonly environment: string;
  readonly images: readonly ({ readonly name: string } & Promotions)[];
}

/**
 * `csb history [what]`: how public tags have moved, and by which order, as the registry has it beside the images.
 *
 * @param what - an image or a stack; without one, all images
 */
export async function history(
  environment: string,
  what: string | undefined,
  { json }: { readonly json: boolean },
): Promise<void> {
  const settings = useClusterOf(environment);
  const promotions = await askPromotions(settings, chosenImages(environment, settings, what));
  const images = [...promotions].map(([name, found]) => ({ name, ...found }));
  const report: HistoryReport = { environment, images };
  console.log(json ? JSON.stringify(report, undefined, 2) : renderPromotions(promotions));
}
