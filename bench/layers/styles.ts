import type { Layer } from '../../test/cluster/rebase/registry-content';

/** The ways in which the same images are divided into layers, and packed, in the order of the page's columns. */
export const STYLES = ['umoci', 'docker', 'before', 'ours'] as const;
export type Style = (typeof STYLES)[number];

/** What the page calls them. */
export const STYLE_TITLES: Readonly<Record<Style, string>> = {
  umoci: 'legacy, by umoci',
  docker: 'legacy, by Docker',
  before: 'ours of before',
  ours: 'ours',
};

/** Something of each style that was compared. Ours of before are there only where a tag of them was named. */
export type ByStyle<T> = Readonly<Record<Exclude<Style, 'before'>, T> & { before?: T }>;

/** An image in each style. */
export interface StyledImage {
  /** `python311-sssd-web` */
  readonly name: string;
  /** The Debian release, by its code name. */
  readonly distro: string;
  /** The lowest first. */
  readonly layers: ByStyle<readonly Layer[]>;
}

/** The styles that all of these images have. */
export function stylesOf(images: readonly StyledImage[]): readonly Style[] {
  return STYLES.filter((style) => images.every(({ layers }) => layers[style] !== undefined));
}

/** The layers of an image in a style that it has. */
export function layersIn({ name, layers }: StyledImage, style: Style): readonly Layer[] {
  const found = layers[style];
  if (found === undefined) throw new Error(`${name} was not looked at in the style '${STYLE_TITLES[style]}'`);
  return found;
}
