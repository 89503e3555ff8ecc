import { definePart } from '../../lib/images/part';
import type { Suite } from '../../lib/buildpacks/target';
import { pythonOf } from '../python-beside';
import { FONTS } from './fonts';

/** A minor version of PHP. */
export type PhpVersion = '7.4' | '8.2' | '8.4';

const EXTENSIONS = [
  ...['bcmath', 'bz2', 'cgi', 'cli', 'curl', 'dba', 'gd', 'intl', 'mbstring', 'mysql', 'pgsql', 'soap', 'sqlite3', 'xsl', 'zip'],
] as const;

/** What only some releases have, or had. */
const OF_RELEASE: Readonly<Record<Suite, readonly string[]>> = {
  bullseye: ['php-apcu-bc', 'php-tideways', 'librsvg2-bin', ...pythonOf('bullseye'), ...FONTS],
  bookworm: ['php-tideways', 'librsvg2-bin', ...FONTS],
  trixie: [],
};

/** PHP by its programs for shells and for FastCGI, with extensions and Composer. */
export const phpPart = definePart<{ readonly version: PhpVersion }>({
  name: 'php',
  kind: 'stack',
  options: { version: '7\\.4|8\\.2|8\\.4' },
  makes: 'language',
  files: () => ({ '/etc/toolforge-enable-php': '' }),
  packages: (suite, { version }) => [
    ...['composer', 'unzip', 'php-apcu', 'php-imagick', 'php-redis'],
    ...[...EXTENSIONS, ...(version === '7.4' ? [] : ['yaml'])].map((extension) => `php${version}-${extension}`),
    ...OF_RELEASE[suite],
  ],
});
