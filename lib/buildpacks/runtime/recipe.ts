import { join } from 'node:path';
import { withLibraries } from '../../registry/registry-scripts';
import { script } from '../../tekton/script';
import type { Suite } from '../target';

const recipes = join(__dirname, 'recipes');
const steps = join(__dirname, 'steps');

/** Packages that a runtime needs: `build` in the image that it is built in, `run` in the image that it runs in. */
export interface RuntimeNeeds {
  readonly build: readonly string[];
  readonly run: readonly string[];
}

/** How runtimes are made in the build image of a stack. */
export interface Recipe {
  /** A DNS label, and no other recipe's: its pipeline is `<name>-runtime`. */
  readonly name: string;
  /** A bash script, which runs as nobody. Its text is part of the address of what it makes. */
  readonly script: string;
  /** What it needs on each release that it is for. @default - it needs nothing, on any release */
  readonly needs?: Readonly<Partial<Record<Suite, RuntimeNeeds>>>;
}

/** Unpacks one archive, whose top folder becomes the prefix. */
export const ARCHIVE: Recipe = { name: 'archive', script: script(recipes, 'archive.sh') };

/** Unpacks Debian packages, whose /usr becomes the prefix. */
export const DEBIAN_PACKAGES: Recipe = { name: 'debian-packages', script: script(recipes, 'debian-packages.sh') };

/**
 * The packages that what a recipe makes needs on a release, in order; none on a release that it is not for.
 *
 * @param on - the stack or the base, or whatever says the release
 */
export function runtimeNeeds({ needs }: Recipe, on: { readonly suite: Suite }): RuntimeNeeds {
  const { build, run } = needs?.[on.suite] ?? { build: [], run: [] };
  return { build: [...build].sort(), run: [...run].sort() };
}

/** What all recipes have before and after them. */
export const RUNTIME_SCRIPTS = {
  pull: withLibraries(script(steps, 'pull.sh')),
  fetch: script(steps, 'fetch.sh'),
  pack: withLibraries(script(steps, 'pack.sh')),
} as const;
