/** Which families serve which home, and of the packages of the legacy image those that the home needs. */
import type { FamilyName } from '../../../../stacks/families';
import type { CurrentImage } from '../../../../stacks/legacy/catalogue';
import { type Home, jdk, node, pages, perl, php, python, ruby, tcl } from './homes';

/** A home that a legacy image has left, for our image of the same name. */
export interface Row {
  readonly family: FamilyName;
  /** The image for webservices; it serves the home, and shells start in it. */
  readonly web: CurrentImage;
  /** The image in which jobs run. */
  readonly base: CurrentImage;
  readonly home: Home;
  readonly packages: readonly string[];
}

/** The families with a legacy image for webservices and one for jobs. */
type Language = {
  [Name in FamilyName]: `${Name}-sssd-${'base' | 'web'}` extends CurrentImage ? Name : never;
}[FamilyName];

const row = (family: Language, home: Home, ...packages: readonly string[]): Row => ({
  ...{ family, web: `${family}-sssd-web`, base: `${family}-sssd-base`, home, packages },
});
const distro = (family: 'bookworm' | 'trixie', home: Home, ...packages: readonly string[]): Row => ({
  ...{ family, web: `${family}-web-sssd`, base: `${family}-sssd`, home, packages },
});

/** What lighttpd keeps to itself it denies since the one of Debian 13; those before say that it is not there. */
const DENIED = ['/settings.inc', '/index.html~', '/private/settings.php'];
const denying = (home: Home): Home => ({
  ...home,
  paths: Object.fromEntries(Object.entries(home.paths).map(([path, status]) => [path, DENIED.includes(path) ? 403 : status])),
});

const ofPerl = ['build-essential', 'lighttpd', 'perl', 'libdbi-perl', 'libdbd-sqlite3-perl'];
const ofPhp = (version: string): string[] => [
  'lighttpd',
  'composer',
  'php-apcu',
  ...['cgi', 'cli', 'mbstring', 'sqlite3'].map((each) => `php${version}-${each}`),
];
const ofNode = ['build-essential', 'nodejs', 'npm'];
const ofRuby = ['build-essential', 'ruby', 'ruby-dev', 'ruby-bundler', 'libsqlite3-dev'];
const ofPython = ['build-essential', 'python3', 'python3-dev', 'python3-venv', 'uwsgi', 'uwsgi-plugin-python3'];
const ofPages = ['make', 'jq', 'gawk', 'zstd'];

/** Python 3.11's are the demo tools (drop-in.test.ts). */
export const ROWS: readonly Row[] = [
  distro('bookworm', pages, ...ofPages),
  row('perl536', perl, ...ofPerl),
  row('php82', php, ...ofPhp('8.2')),
  row('node18', node, ...ofNode),
  row('ruby31', ruby, ...ofRuby),
  row('jdk17', jdk, 'openjdk-17-jdk-headless'),
  row('node12', node, ...ofNode),
  row('perl532', perl, ...ofPerl, 'lighttpd-mod-openssl', 'libdbd-sqlite2-perl'),
  row('php74', php, ...ofPhp('7.4'), 'lighttpd-mod-openssl'),
  row('python39', python, ...ofPython),
  row('ruby27', ruby, ...ofRuby),
  distro('trixie', pages, ...ofPages),
  row('jdk21', jdk, 'openjdk-21-jdk-headless'),
  row('node20', node, ...ofNode),
  row('perl540', denying(perl), ...ofPerl),
  row('php84', denying(php), ...ofPhp('8.4')),
  row('python313', python, ...ofPython),
  row('ruby33', ruby, ...ofRuby),
  row('tcl86', tcl, 'lighttpd', 'tcl', 'tcl-thread', 'tcllib', 'tdom'),
];
