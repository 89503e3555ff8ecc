/** An update of a source package of Debian 12. */
export interface PackageUpdate {
  readonly name: string;
  /** The binary packages that it changes. */
  readonly packages: RegExp;
  /** The image that a node of the measurement runs. */
  readonly image: string;
}

export const RELEASE = 'bookworm';

const GLIBC = 'libc6|libc-bin|libc-dev-bin|libc6-dev|libc-l10n|locales';
// Not every php8.2-<extension> is of this source: apcu, igbinary, imagick, redis, tideways and yaml have their own.
const PHP =
  'bcmath|bz2|cgi|cli|common|curl|dba|dev|enchant|fpm|gd|gmp|imap|interbase|intl|ldap|mbstring|mysql|odbc|opcache|pgsql|phpdbg|' +
  'pspell|readline|snmp|soap|sqlite3|sybase|tidy|xml|xsl|zip';

/** What is measured. Of glibc twice: most of its updates leave the locales of locales-all as they are (stacks/steady-packages.ts). */
export const UPDATES: readonly PackageUpdate[] = [
  { name: 'openssl', packages: /^(openssl|libssl[0-9.]+|libssl-dev)$/, image: 'python311-sssd-web' },
  { name: 'glibc', packages: new RegExp(`^(${GLIBC})$`), image: 'python311-sssd-web' },
  { name: 'glibc, and a locale', packages: new RegExp(`^(${GLIBC}|locales-all)$`), image: 'python311-sssd-web' },
  {
    name: 'php8.2',
    packages: new RegExp(`^(php8\\.2(-(${PHP}))?|libapache2-mod-php8\\.2|libphp8\\.2-embed)$`),
    image: 'php82-sssd-web',
  },
];
