import { suggestion } from '../lib/synth/suggestion';
import { PlatformImage } from '../lib/images/platform-image';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { declareEnvironment } from '../stacks/environment';
import { familyOf } from '../stacks/families';
import { currentImages, isLegacy } from '../stacks/legacy/catalogue';
import { type Standing, stateOf } from '../stacks/legacy/standing';
import { ledgerOf, whyRetired } from '../stacks/ledger';

/** An image on its way over, or one that no legacy image was. */
export interface ImageOfTheWay {
  /** `python311-sssd-web` */
  readonly name: string;
  /** What the ledger says; `new` where no legacy image has the name. */
  readonly standing: Standing | 'new';
  /** What is declared; undefined where nothing is. */
  readonly image: PlatformImage | undefined;
  /** Whether the settings of the environment choose its family: one that is left out is not made there. */
  readonly isChosen: boolean;
  /** What its family reads of `mirror`, and the settings do not name, so that nothing declares it there. */
  readonly lacks: string | undefined;
  /** The tag by which tools use it: the last of the environment's public ones. */
  readonly public: string;
}

/** The settings of an environment that leaves no family out: what is declared at all. */
export const withAllFamilies = (settings: Settings): Settings => ({ ...settings, families: ['all'] });

/** The legacy images of today in the order of the catalogue, then what is declared beyond them, whether or not its family is chosen. */
export function imagesOfTheWay(environment: string, settings: Settings): ImageOfTheWay[] {
  const declared = PlatformImage.allOf(declareEnvironment(environment, withAllFamilies(settings)));
  const chosen = new Set(PlatformImage.allOf(declareEnvironment(environment, settings)).map(({ name }) => name));
  const registry = new Registry(settings.registry);
  const standings = ledgerOf(settings);
  const beyond = declared.map(({ name }) => name).filter((name) => !isLegacy(name));
  return [...currentImages, ...beyond].map((name) => {
    const image = declared.find((each) => each.name === name);
    const latest = registry.repository(`toolforge-${name}`).tagged(settings.publicTags.at(-1) ?? 'testing');
    const standing = isLegacy(name) ? standings[name] : 'new';
    const family = familyOf(name);
    const lacks =
      image === undefined && family?.reads !== undefined && settings.mirror[family.reads] === undefined
        ? family.reads
        : undefined;
    // One without a declaration is nobody's choice.
    return { name, standing, image, isChosen: image === undefined || chosen.has(name), lacks, public: image?.public ?? latest };
  });
}

/**
 * One of them.
 *
 * @param name - with or without the `toolforge-` of its repository
 * @throws Error for a name that no image has, naming those that there are; for one of an image that is gone, with when and why
 */
export function imageOfTheWay(environment: string, settings: Settings, name: string): ImageOfTheWay {
  const short = name.replace(/^toolforge-/, '');
  const all = imagesOfTheWay(environment, settings);
  const found = all.find((each) => each.name === short);
  if (found !== undefined) return found;
  if (isLegacy(short)) throw new Error(`'${short}' was ${whyRetired(short)}. Nothing builds it`);
  const names = all.map((each) => each.name);
  throw new Error(`there is no image '${name}'; ${suggestion(short, names)}`);
}

/** Its standing in one word. */
export const wordOf = ({ standing }: ImageOfTheWay): ReturnType<typeof stateOf> | 'new' =>
  standing === 'new' ? 'new' : stateOf(standing);
