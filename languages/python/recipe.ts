import type { Recipe } from '../../lib/buildpacks/runtime/recipe';
import { script } from '../../lib/tekton/script';

// What Debian's own Python of the release depends on: media-types is where mimetypes looks, tzdata is where zoneinfo does.
const BUILD = [
  ...['build-essential', 'libbz2-dev', 'libdb-dev', 'libexpat1-dev', 'libffi-dev', 'liblzma-dev', 'libncurses-dev'],
  ...['libreadline-dev', 'libsqlite3-dev', 'libssl-dev', 'pkg-config', 'tzdata', 'uuid-dev', 'zlib1g-dev'],
];
const RUN = [
  ...['libbz2-1.0', 'libexpat1', 'liblzma5', 'libncursesw6', 'libsqlite3-0', 'libtinfo6', 'libuuid1', 'media-types'],
  ...['tzdata', 'zlib1g'],
];
/** For the modules nis and crypt, which Python has no more since 3.13. */
const NIS = { build: ['libnsl-dev', 'libtirpc-dev'], run: ['libcrypt1', 'libnsl2', 'libtirpc3'] };

/** Compiles CPython from Debian's source package. */
export const pythonRecipe = {
  name: 'python',
  script: script(__dirname, 'recipe.sh'),
  needs: {
    bullseye: {
      build: [...BUILD, ...NIS.build],
      run: [...RUN, ...NIS.run, 'libdb5.3', 'libffi7', 'libreadline8', 'libssl1.1'],
    },
    bookworm: {
      build: [...BUILD, ...NIS.build],
      run: [...RUN, ...NIS.run, 'libdb5.3', 'libffi8', 'libreadline8', 'libssl3'],
    },
    // Libraries whose interface has times in it are called t64 since 64 bits hold them on every architecture.
    trixie: { build: BUILD, run: [...RUN, 'libdb5.3t64', 'libffi8', 'libreadline8t64', 'libssl3t64'] },
  },
} satisfies Recipe;

/** The same without a test that Debian 11 leaves out of its own build: its `ensurepip._uninstall` adds a list to an iterator, and fails. */
export const python39Recipe = {
  ...pythonRecipe,
  name: 'python39',
  script: pythonRecipe.script.replace(' test_venv ', ' '),
} satisfies Recipe;
