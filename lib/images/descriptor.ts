import type { ImageKind } from '../toolforge/contract/item';
import type { Part } from './part';

/** The buildpack that holds an image to its descriptor: it requires every part. */
export const DESCRIBED = 'toolforge/platform-image';

/** The buildpack of images of which no part is laid: they are their run image, and a name. */
export const PLAIN = 'toolforge/plain-image';

/** The part of a buildpack's id by which parts and runtimes name it. */
export const shortId = (id: string): string => id.replace(/^toolforge\//, '');

/** The parts that buildpacks lay; the others are in the stack. */
export function laidOf(parts: readonly Part[]): readonly Part[] {
  return parts.filter(({ buildpack }) => buildpack !== undefined);
}

/** What tells buildpacks the parts of an image: `platform-image.json` (languages/README.md). It is all of a platform image's application. */
export function descriptorOf(name: string, parts: readonly Part[]): string {
  const sorted = [...laidOf(parts)].sort((one, other) => (one.name < other.name ? -1 : 1));
  return JSON.stringify({ format: 1, name, parts: Object.fromEntries(sorted.map((part) => [part.name, part.options])) });
}

/** Whether tools are served by it: it has what `webservice` starts. */
export function isWeb(parts: readonly Part[]): boolean {
  return parts.some(({ makes }) => makes === 'webservice');
}

/** What the contract tries of it; of a bare one, none of the common tools. */
export function imageKindOf(parts: readonly Part[], bare = false): ImageKind {
  const kind = isWeb(parts) ? 'web' : 'base';
  const language = parts.find(({ makes }) => makes === 'language');
  return { kind, ...(bare && { bare }), ...(language && { language: { [language.name]: language.options['version'] ?? '' } }) };
}
