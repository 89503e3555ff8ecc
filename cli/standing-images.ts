import { z } from 'zod';
import type { Settings } from '../lib/settings/settings';
import { script } from '../lib/tekton/script';
import { askRegistry } from './ask-registry';

const asked = z.object({
  image: z.string(),
  /** Empty for what the registry does not have. */
  digest: z.string(),
  /** Whether that stands on what the run image is now. */
  stands: z.boolean(),
});

/** What the registry has under a reference. */
export type StandingImage = Omit<z.infer<typeof asked>, 'image'>;

/** Asks the registry on which run images images stand; the answer is by the images' references. */
export async function askStandingImages(
  settings: Settings,
  images: readonly { readonly image: string; readonly runImage: string }[],
): Promise<ReadonlyMap<string, StandingImage>> {
  const lines = images.map(({ image, runImage }) => `${image} ${runImage}`);
  return parseStandingImages(await askRegistry(settings, 'standing', script(__dirname, 'standing.sh'), lines));
}

/**
 * What standing.sh prints.
 *
 * @throws Error for what is none of its lines
 */
export function parseStandingImages(text: string): ReadonlyMap<string, StandingImage> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { image, ...found } = asked.parse(JSON.parse(line));
      return [image, found];
    }),
  );
}
