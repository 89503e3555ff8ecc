/** What `npm start` ends with: the images that people get, and the tools that they serve. */
import type { RunningTool } from './demo';
import { contractOf, describeImage, publicImages } from './registry-image';
import { renderImages, renderTools } from './render-end';

/** The images and the tools; undefined when there are neither. */
export async function endTables(tools: readonly RunningTool[]): Promise<string | undefined> {
  const references = [...new Set([...(await publicImages()), ...tools.map(({ webservice }) => webservice.image)])].sort();
  if (references.length === 0) return undefined;
  const images = await Promise.all(
    references.map(async (reference) => {
      const [image, contract] = await Promise.all([describeImage(reference), contractOf(reference)]);
      return { reference, image, contract };
    }),
  );
  return [renderImages(images), ...(tools.length === 0 ? [] : [renderTools(tools)])].join('\n');
}
