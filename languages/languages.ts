import { ARCHIVE, DEBIAN_PACKAGES, type Recipe } from '../lib/buildpacks/runtime/recipe';
import { recipeOf } from '../lib/buildpacks/runtime/runtime';
import type { AnyPart } from '../lib/images/part';
import type { AnyLanguage } from './language';
import { jdk } from './jdk/language';
import { mariadb } from './mariadb/language';
import { mono } from './mono/language';
import { node, node16 } from './node/language';
import { perl } from './perl/language';
import { php } from './php/language';
import { python } from './python/language';
import { ruby } from './ruby/language';
import { standalone } from './standalone/language';
import { tcl } from './tcl/language';

/** The languages of Toolforge's images. All that follows from which there are, follows from this list. */
export const languages: readonly AnyLanguage[] = [
  // A line each, so that one more is a line more.
  jdk,
  mariadb,
  mono,
  node,
  node16,
  perl,
  php,
  python,
  ruby,
  standalone,
  tcl,
];

/** What makes the runtimes of languages and of their servers, each once. */
export function recipesOf(all: readonly AnyLanguage[]): readonly Recipe[] {
  const parts: readonly AnyPart[] = all.flatMap(({ part, server, webParts = [] }) => [
    part,
    ...(server?.parts ?? []),
    ...webParts,
  ]);
  const releases = parts.flatMap(({ runtimes }) => Object.values(runtimes?.releases ?? {}).flat());
  return [...new Set([...releases.map(({ from }) => recipeOf(from)), ARCHIVE, DEBIAN_PACKAGES])];
}
