/** What `npm start` ends with: the images that people get, and the tools that they serve. */
import type { RunningTool } from './demo';
import { contractOf, describeImage } from './registry-image';
import { renderImages, renderTools } from './render-end';

/**
 * The images and the tools; undefined when there are neither.
 *
 * @param declared - the public references of what is made here; the registry may have more, of families that were made once
 */
export async function endTables(declared: readonly string[], tools: readonly RunningTool[]): Promise<string | undefined> {
  const references = [...new Set([...declared, ...tools.map(({ webservice }) => webservice.image)])].sort();
  if (references.length === 0) return undefined;
  const images = await Promise.all(
    references.map(async (reference) => {
      const [image, contract] = await Promise.all([describeImage(reference), contractOf(reference)]);
      return { reference, image, contract };
    }),
  );
  return [renderImages(images), ...(tools.length === 0 ? [] : [renderTools(tools)])].join('\n');
}
