import { ToolImage } from '../lib/images/tool-image';
import type { Settings } from '../lib/settings/settings';
import { columns } from '../local/columns';
import type { OwnImage } from './chosen-images';
import { shortDigest } from './short-digest';
import { askStandingImages, type StandingImage } from './standing-images';

/** What the registry has of a tool's own image. */
export interface OwnImageStatus {
  readonly name: string;
  /** That of the stack on whose run image it is declared. */
  readonly stack: string;
  /** The public tag, and the digest that it has; null for none. */
  readonly public: { readonly reference: string; readonly digest: string | null };
  /** What is declared at a commit, and the digest that it has; null while it is not made. Null for what follows a branch. */
  readonly declared: { readonly reference: string; readonly digest: string | null } | null;
  /** Whether what is public stands on the run image that its stack has as it is declared. */
  readonly isOnRunImage: boolean;
  /** Whether it is public, on that run image, and as declared. Whether that is the newest commit of its branch, nobody asks here. */
  readonly isHealthy: boolean;
}

/** Asks the registry about tools' own images. */
export async function askOwnImages(settings: Settings, images: readonly OwnImage[]): Promise<readonly OwnImageStatus[]> {
  const lines = images.flatMap((each) =>
    [each.public, ...(each instanceof ToolImage ? [each.reference] : [])].map((image) => ({
      image,
      runImage: each.stack.runImage.reference,
    })),
  );
  const found = await askStandingImages(settings, lines);
  return images.map((each) => ownImageStatus(each, found));
}

/** Puts together what declarations and registry say. */
export function ownImageStatus(image: OwnImage, found: ReadonlyMap<string, StandingImage>): OwnImageStatus {
  const digestOf = (reference: string): string | null => found.get(reference)?.digest || null;
  const used = { reference: image.public, digest: digestOf(image.public) };
  const declared = image instanceof ToolImage ? { reference: image.reference, digest: digestOf(image.reference) } : null;
  const isOnRunImage = found.get(image.public)?.stands === true;
  return {
    ...{ name: image.name, stack: image.stack.name, public: used, declared, isOnRunImage },
    isHealthy: isOnRunImage && (declared === null || declared.digest === used.digest),
  };
}

/** A table of those that are not healthy, and a line about all; empty where there are none. */
export function renderOwnImages(images: readonly OwnImageStatus[]): string {
  if (images.length === 0) return '';
  const others = images.filter(({ isHealthy }) => !isHealthy);
  const line = `${images.length - others.length} of ${images.length} images of tools are healthy: public, on the run image of their stack, as declared.`;
  if (others.length === 0) return line;
  const rows = others.map((each) => [each.name, each.stack, declaredOf(each), publicOf(each), runImageOf(each)]);
  return `${columns([['image of a tool', 'stack', 'declared', 'public', 'run image'], ...rows])}\n${line}`;
}

function declaredOf({ declared }: OwnImageStatus): string {
  if (declared === null) return 'a branch';
  return declared.digest === null ? 'not made' : shortDigest(declared.digest);
}

function publicOf({ public: { digest }, declared }: OwnImageStatus): string {
  if (digest === null) return 'no latest';
  return digest === declared?.digest ? 'the same' : shortDigest(digest);
}

function runImageOf({ public: { digest }, isOnRunImage }: OwnImageStatus): string {
  if (digest === null) return '-';
  return isOnRunImage ? 'as declared' : 'another';
}
