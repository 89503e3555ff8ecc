import { z } from 'zod';
import { reportSummary, type ReportSummary } from '../lib/toolforge/contract/report';
import { script } from '../lib/tekton/script';
import type { Settings } from '../lib/settings/settings';
import type { ImageOfTheWay } from './images-of-the-way';
import { inToolbox } from './toolbox';

/** What the registry has of an image. */
export interface AskedImage {
  /** What is declared: the digest that its immutable tag has; empty when it is not made yet, or nothing declares it. */
  readonly declared: string;
  /** The digest that the public tag has; empty for none. */
  readonly public: string;
  /** What is attested of what is declared. */
  readonly report: ReportSummary | null;
  /** The bytes of its layers, compressed; null where they could not be asked for. */
  readonly size: number | null;
}

const asked = z.object({
  name: z.string(),
  declared: z.string(),
  public: z.string(),
  report: reportSummary.nullable(),
  size: z.int().nullable(),
});

/** Asks the registry about images, all in one pod. */
export async function askImages(
  environment: string,
  settings: Settings,
  images: readonly ImageOfTheWay[],
): Promise<ReadonlyMap<string, AskedImage>> {
  const lines = images.map(({ name, image, public: tag }) => `${name} ${image?.reference ?? '-'} ${tag}`);
  const variables = { ENVIRONMENT: environment, IMAGES: lines.join('\n') };
  const work = { name: 'status', script: script(__dirname, 'ask-images.sh'), asks: 'registry', variables } as const;
  return parseAsked(await inToolbox(settings, work));
}

/**
 * What ask-images.sh prints.
 *
 * @throws Error for what is none of its lines
 */
export function parseAsked(text: string): ReadonlyMap<string, AskedImage> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const { name, ...found } = asked.parse(JSON.parse(line));
      return [name, found];
    }),
  );
}
