import type { DebianBase } from '../lib/buildpacks/base/base';

/** Debian 12. */
export const bookworm = {
  kind: 'debian',
  suite: 'bookworm',
  packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
} satisfies DebianBase;
