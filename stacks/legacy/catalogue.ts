import type { WebserviceType } from '../../lib/toolforge/image-config';
import images from './images.json';

/** An image that the legacy repository builds today, by its name without `toolforge-`. */
export type CurrentImage = keyof typeof images.current;
/** One that it built once. Tools that never changed still run some of them. */
export type GoneImage = keyof typeof images.gone;
/** Every image that there ever was. No other name is a legacy one. */
export type LegacyImage = CurrentImage | GoneImage;

/** The definition of an image in the legacy repository, at commit 74022e1. */
export interface LegacyDefinition {
  /** What its build.py calls it: `python311-sssd/web`. */
  readonly path: string;
  readonly distro: string;
  /** The image that it is made from; undefined for one on the distro's own. */
  readonly parent: CurrentImage | undefined;
  /** The packages that it names, without those of its parent. No recommended ones follow: Wikimedia's base images turn them off. */
  readonly packages: readonly string[];
  /** What `webservice` starts in it; undefined where it starts nothing. */
  readonly wstype: WebserviceType | undefined;
  readonly resources: 'default' | 'jdk';
}

/** All images of today, distro by distro. */
export const currentImages = Object.keys(images.current) as readonly CurrentImage[];

/** Whether a name is that of an image of today. */
export function isCurrent(name: string): name is CurrentImage {
  return Object.hasOwn(images.current, name);
}

/** Whether there ever was an image of this name. */
export function isLegacy(name: string): name is LegacyImage {
  return isCurrent(name) || Object.hasOwn(images.gone, name);
}

/** How the legacy repository defines an image. */
export function legacyDefinition(name: CurrentImage): LegacyDefinition {
  // Of JSON, TypeScript knows the names and not the texts; test/stacks/legacy/catalogue.test.ts holds these.
  const found = images.current[name] as Partial<Omit<LegacyDefinition, 'packages'>> & {
    path: string;
    distro: string;
    packages: string;
  };
  const { path, distro, parent, packages, wstype, resources = 'default' } = found;
  return { path, distro, parent, packages: packages.split(' ').filter((each) => each !== ''), wstype, resources };
}

/** The packages that an image has by name: those of its definition, and of all that it is made from. */
export function legacyPackages(name: CurrentImage): readonly string[] {
  const { parent, packages } = legacyDefinition(name);
  return [...new Set([...(parent === undefined ? [] : legacyPackages(parent)), ...packages])];
}
