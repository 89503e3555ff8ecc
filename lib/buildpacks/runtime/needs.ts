import type { Suite } from '../target';

/** Packages that a runtime needs: `build` in the image that it is built in, `run` in the image that it runs in. Both in order. */
export interface RuntimeNeeds {
  readonly build: readonly string[];
  readonly run: readonly string[];
}

// What Debian's own Python of the release depends on: media-types is where mimetypes looks, tzdata is where zoneinfo does.
const PYTHON_BUILD = [
  ...[
    'build-essential',
    'libbz2-dev',
    'libdb-dev',
    'libexpat1-dev',
    'libffi-dev',
    'liblzma-dev',
    'libncurses-dev',
    'libreadline-dev',
  ],
  ...['libsqlite3-dev', 'libssl-dev', 'pkg-config', 'tzdata', 'uuid-dev', 'zlib1g-dev'],
];
const PYTHON_RUN = [
  ...[
    'libbz2-1.0',
    'libexpat1',
    'liblzma5',
    'libncursesw6',
    'libsqlite3-0',
    'libtinfo6',
    'libuuid1',
    'media-types',
    'tzdata',
    'zlib1g',
  ],
];
/** For the modules nis and crypt, which Python has no more since 3.13. */
const NIS = { build: ['libnsl-dev', 'libtirpc-dev'], run: ['libcrypt1', 'libnsl2', 'libtirpc3'] };

const UWSGI_BUILD = ['build-essential', 'curl', 'libssl-dev', 'uuid-dev', 'zlib1g-dev'];
const UWSGI_RUN = ['libcrypt1', 'libuuid1', 'zlib1g'];

const NEEDS = {
  python: {
    bullseye: {
      build: [...PYTHON_BUILD, ...NIS.build],
      run: [...PYTHON_RUN, ...NIS.run, 'libdb5.3', 'libffi7', 'libreadline8', 'libssl1.1'],
    },
    bookworm: {
      build: [...PYTHON_BUILD, ...NIS.build],
      run: [...PYTHON_RUN, ...NIS.run, 'libdb5.3', 'libffi8', 'libreadline8', 'libssl3'],
    },
    // Libraries whose interface has times in it are called t64 since 64 bits hold them on every architecture.
    trixie: { build: PYTHON_BUILD, run: [...PYTHON_RUN, 'libdb5.3t64', 'libffi8', 'libreadline8t64', 'libssl3t64'] },
  },
  uwsgi: {
    bullseye: { build: [...UWSGI_BUILD, 'libpcre3-dev'], run: [...UWSGI_RUN, 'libpcre3', 'libssl1.1'] },
    bookworm: { build: [...UWSGI_BUILD, 'libpcre3-dev'], run: [...UWSGI_RUN, 'libpcre3', 'libssl3'] },
    trixie: { build: [...UWSGI_BUILD, 'libpcre2-dev'], run: [...UWSGI_RUN, 'libpcre2-8-0', 'libssl3t64'] },
  },
} as const satisfies Record<'python' | 'uwsgi', Record<Suite, RuntimeNeeds>>;

/** A recipe whose needs are known. */
export type KnownRecipe = keyof typeof NEEDS;

/**
 * The packages that a runtime needs on a release, by the recipe that makes it.
 *
 * @param on - the stack or the base, or whatever says the release
 */
export function runtimeNeeds(recipe: KnownRecipe, on: { readonly suite: Suite }): RuntimeNeeds {
  const { build, run } = NEEDS[recipe][on.suite];
  return { build: [...build].sort(), run: [...run].sort() };
}
