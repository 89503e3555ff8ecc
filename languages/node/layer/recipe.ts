import type { Recipe } from '../../../lib/buildpacks/runtime/recipe';
import { script } from '../../../lib/tekton/script';

/** Puts Node, npm and yarn together from packages of the npm registry. */
export const nodeRecipe = {
  name: 'node',
  script: script(__dirname, 'recipe.sh'),
  // node-gyp is in Python.
  needs: { bullseye: { build: [], run: ['libgcc-s1', 'libstdc++6', 'python3'] } },
} satisfies Recipe;
