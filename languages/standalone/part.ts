import { definePart } from '../../lib/images/part';

/** The libraries that programs of Debian 11 were linked with, where all else of them is in the home. */
export const standalonePart = definePart<{ readonly version: '11' }>({
  name: 'standalone',
  kind: 'stack',
  options: { version: '11' },
  makes: 'language',
  packages: () => ['libmariadb3', 'libssl1.1', 'locales'],
});
