import { chosenImages } from './chosen-images';
import { askMoves, type Move, renderMoves } from './promotions';
import { useClusterOf } from './pulumi-stack';

/** What `history --json` writes. */
export interface HistoryReport {
  readonly environment: string;
  /** Of each image, the earliest move first. */
  readonly images: readonly { readonly name: string; readonly moves: readonly Move[] }[];
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
  const moves = await askMoves(settings, chosenImages(environment, settings, what));
  const images = [...moves].map(([name, of]) => ({ name, moves: of }));
  console.log(json ? JSON.stringify({ environment, images } satisfies HistoryReport, undefined, 2) : renderMoves(moves));
}
