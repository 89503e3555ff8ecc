import { join } from 'node:path';
import { withLibraries } from '../../registry/registry-scripts';
import { script } from '../../tekton/script';

const recipes = join(__dirname, 'recipes');
const steps = join(__dirname, 'steps');

/** How runtimes are made in the build image of a stack. The text is part of the address of what it makes. */
export const RECIPES = {
  /** Compiles CPython from Debian's source package. */
  python: script(recipes, 'python.sh'),
  /** Compiles uWSGI with its plugin for the Python that it is built against. */
  uwsgi: script(recipes, 'uwsgi.sh'),
  /** Unpacks one archive, whose top folder becomes the prefix. */
  archive: script(recipes, 'archive.sh'),
  /** Unpacks Debian packages, whose /usr becomes the prefix. */
  'debian-packages': script(recipes, 'debian-packages.sh'),
} as const;

/** The name of a recipe. */
export type Recipe = keyof typeof RECIPES;

/** What all recipes have before and after them. */
export const RUNTIME_SCRIPTS = {
  pull: withLibraries(script(steps, 'pull.sh')),
  fetch: script(steps, 'fetch.sh'),
  pack: withLibraries(script(steps, 'pack.sh')),
} as const;
