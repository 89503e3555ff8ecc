import { languages } from '../languages/languages';
import { isWeb } from '../lib/images/descriptor';
import type { PlatformImage } from '../lib/images/platform-image';
import { type ImageCatalogue, type ImageType, type WebserviceType, webserviceTypes } from '../lib/toolforge/image-config';
import { isLegacy } from './legacy/catalogue';

/** Of an image, what its type is made of. */
type Declared = Pick<PlatformImage, 'name' | 'parts' | 'node'>;

/**
 * The types of images that never were legacy ones, by the names of their families: `lua54` has `lua54-sssd-base` for jobs and `lua54-sssd-web`
 * for webservices. Where there is only the latter, jobs have it as well.
 *
 * @param reference - the public reference of an image, with the tag `latest`
 * @throws Error for an image whose server is of a type that `webservice` does not know
 */
export function newTypes(declared: readonly Declared[], reference: (name: string) => string): ImageCatalogue {
  const types = new Map<string, ImageType>();
  // Those for jobs first.
  const images = declared.filter(({ name }) => !isLegacy(name)).toSorted((one, other) => +isWeb(one.parts) - +isWeb(other.parts));
  for (const image of images) {
    const [type, own] = [image.name.replace(/(-web-sssd|-sssd(-base|-web)?)$/, ''), { public: reference(image.name) }];
    const before = types.get(type) ?? { state: 'stable', jobs: own };
    const names = [...(before.aliases ?? []), `toolforge-${image.name}`];
    types.set(type, {
      ...{ ...before, aliases: names },
      ...(isWeb(image.parts) && { webservice: { image: own, type: serverOf(image), resources: resourcesOf(image) } }),
    });
  }
  return Object.fromEntries(types);
}

function resourcesOf({ parts }: Declared): 'default' | 'jdk' {
  return languages.find(({ part }) => parts.some(({ name }) => name === part.name))?.resources ?? 'default';
}

function serverOf({ node, parts }: Declared): WebserviceType {
  const type = parts.find(({ makes }) => makes === 'webservice')?.options['type'];
  const known = webserviceTypes.find((each) => each === type);
  if (known !== undefined) return known;
  throw new Error(
    `${node.path}: its server is of the type '${type ?? ''}', and 'webservice' knows ${webserviceTypes.join(', ')}; give the server one of ` +
      'these types, or teach Toolforge the new one first and add it to lib/toolforge/image-config.ts',
  );
}
