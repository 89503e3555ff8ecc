import type { Recipe } from '../../lib/buildpacks/runtime/recipe';
import { script } from '../../lib/tekton/script';

const BUILD = ['build-essential', 'curl', 'libssl-dev', 'uuid-dev', 'zlib1g-dev'];
const RUN = ['libcrypt1', 'libuuid1', 'zlib1g'];

/** Compiles uWSGI with its plugin for the Python that it is built against. */
export const uwsgiRecipe = {
  name: 'uwsgi',
  script: script(__dirname, 'recipe.sh'),
  needs: {
    bullseye: { build: [...BUILD, 'libpcre3-dev'], run: [...RUN, 'libpcre3', 'libssl1.1'] },
    bookworm: { build: [...BUILD, 'libpcre3-dev'], run: [...RUN, 'libpcre3', 'libssl3'] },
    trixie: { build: [...BUILD, 'libpcre2-dev'], run: [...RUN, 'libpcre2-8-0', 'libssl3t64'] },
  },
} satisfies Recipe;
