import type { Runtime } from './runtime';

/** The packages that runtimes of each kind need: `build` in the image that they are built in, `run` in the image that they run in. */
export const RUNTIME_NEEDS = {
  python: {
    build: [
      'build-essential',
      'libbz2-dev',
      'libdb-dev',
      'libexpat1-dev',
      'libffi-dev',
      'liblzma-dev',
      'libncurses-dev',
      'libnsl-dev',
      'libreadline-dev',
      'libsqlite3-dev',
      'libssl-dev',
      'libtirpc-dev',
      'pkg-config',
      'tzdata',
      'uuid-dev',
      'zlib1g-dev',
    ],
    // What Debian's python3.11 depends on: media-types is where mimetypes looks, tzdata is where zoneinfo does.
    run: [
      'libbz2-1.0',
      'libcrypt1',
      'libdb5.3',
      'libexpat1',
      'libffi8',
      'liblzma5',
      'libncursesw6',
      'libnsl2',
      'libreadline8',
      'libsqlite3-0',
      'libssl3',
      'libtinfo6',
      'libtirpc3',
      'libuuid1',
      'media-types',
      'tzdata',
      'zlib1g',
    ],
  },
  uwsgi: {
    build: ['build-essential', 'curl', 'libpcre3-dev', 'libssl-dev', 'uuid-dev', 'zlib1g-dev'],
    run: ['libcrypt1', 'libpcre3', 'libssl3', 'libuuid1', 'zlib1g'],
  },
} as const satisfies Record<Runtime['kind'], { readonly build: readonly string[]; readonly run: readonly string[] }>;
