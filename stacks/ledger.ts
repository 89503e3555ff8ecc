import type { Settings } from '../lib/settings/settings';
import { type Ledger, retired, type Standing } from './legacy/standing';

/**
 * The way over: where each image of the legacy catalogue stands in Toolforge. Its word is changed by hand, and `csb migrate <image>` says when. What it
 * decides in an environment: {@link ledgerOf}.
 */
export const ledger = {
  // Debian 11
  'bullseye-sssd': 'building',
  'jdk17-sssd-base': 'building',
  'jdk17-sssd-web': 'building',
  'mono68-sssd-base': 'building',
  'node12-sssd-base': 'building',
  'node12-sssd-web': 'building',
  'node16-sssd-base': 'building',
  'node16-sssd-web': 'building',
  'perl532-sssd-base': 'building',
  'perl532-sssd-web': 'building',
  'php74-sssd-base': 'building',
  'php74-sssd-web': 'building',
  'python39-sssd-base': 'building',
  'python39-sssd-web': 'building',
  'ruby27-sssd-base': 'building',
  'ruby27-sssd-web': 'building',
  'bullseye-standalone': 'building',
  ...retired(
    '2023-05',
    "the Build Service left a stack of Toolforge's own for Heroku's; tools build on bullseye, which has a build and a run image (T330102)",
    'bullseye0-base',
    'bullseye0-build',
    'bullseye0-run',
  ),
  // Debian 12
  'bookworm-sssd': 'building',
  'bookworm-web-sssd': 'building',
  'node18-sssd-base': 'building',
  'node18-sssd-web': 'building',
  'perl536-sssd-base': 'building',
  'perl536-sssd-web': 'building',
  'php82-sssd-base': 'building',
  'php82-sssd-web': 'building',
  'python311-sssd-base': 'building',
  'python311-sssd-web': 'building',
  'ruby31-sssd-base': 'building',
  'ruby31-sssd-web': 'building',
  // Debian 13
  'trixie-sssd': 'building',
  'trixie-web-sssd': 'building',
  'jdk21-sssd-base': 'building',
  'jdk21-sssd-web': 'building',
  'mariadb-sssd-base': 'building',
  'mono612-sssd-base': 'building',
  'node20-sssd-base': 'building',
  'node20-sssd-web': 'building',
  'perl540-sssd-base': 'building',
  'perl540-sssd-web': 'building',
  'php84-sssd-base': 'building',
  'php84-sssd-web': 'building',
  'python313-sssd-base': 'building',
  'python313-sssd-web': 'building',
  'ruby33-sssd-base': 'building',
  'ruby33-sssd-web': 'building',
  'tcl86-sssd-base': 'building',
  'tcl86-sssd-web': 'building',
  ...retired(
    '2024-01-18',
    'Debian 10 had no security updates any more',
    'buster-sssd',
    'golang111-sssd-base',
    'golang111-sssd-web',
    'jdk11-sssd-base',
    'jdk11-sssd-web',
    'php73-sssd-base',
    'php73-sssd-web',
    'python37-sssd-base',
    'python37-sssd-web',
    'ruby25-sssd-base',
    'ruby25-sssd-web',
    'html-sssd-web',
    'buster-standalone',
  ),
  ...retired('2023-05', 'pywikibot comes by the Build Service', 'python37-sssd-pwb', 'python39-sssd-pwb'),
  ...retired(
    '2023-04',
    'its Debian release had no security updates any more',
    'jessie-sssd',
    'python2-sssd-base',
    'python2-sssd-web',
    'php5-sssd-base',
    'php5-sssd-web',
    'node6-sssd-base',
    'node6-sssd-web',
    'python34-sssd-base',
    'python34-sssd-web',
    'ruby21-sssd-base',
    'ruby21-sssd-web',
    'stretch-sssd',
    'python35-sssd-base',
    'python35-sssd-web',
    'golang-sssd-base',
    'golang-sssd-web',
    'jdk8-sssd-base',
    'jdk8-sssd-web',
    'node10-sssd-base',
    'node10-sssd-web',
    'php72-sssd-base',
    'php72-sssd-web',
  ),
  ...retired('2022-09', 'buildpacks moved to bullseye0', 'buster0-base', 'buster0-build', 'buster0-run'),
  ...retired(
    '2020-03-07',
    'without sssd it knows no accounts, and the cluster that mounted LDAP into pods is gone',
    'base',
    'php-base',
    'php-web',
    'static-web',
    'nodejs-base',
    'nodejs-web',
    'python2-base',
    'python2-web',
    'python-base',
    'python-web',
    'ruby-base',
    'ruby-web',
    'static-web-sssd',
    'stretch',
    'golang-base',
    'golang-web',
    'jdk8-base',
    'jdk8-web',
    'node10-base',
    'node10-web',
    'php72-base',
    'php72-web',
    'python35-base',
    'python35-web',
    'tcl-base',
    'tcl-web',
    'buster',
    'golang111-base',
    'golang111-web',
    'jdk11-base',
    'jdk11-web',
    'php73-base',
    'php73-web',
    'python37-base',
    'python37-web',
    'ruby25-base',
    'ruby25-web',
    'trusty-legacy',
  ),
} satisfies Ledger;

/**
 * Where images stand in an environment: as the ledger says or, where the environment promotes all that it makes, promoted, unless the legacy
 * repository builds it or nobody does.
 */
export function ledgerOf({ promotes }: Pick<Settings, 'promotes'>): Ledger {
  if (promotes === 'by-ledger') return ledger;
  const promoted = (standing: Standing): Standing => (standing === 'building' || standing === 'shadow' ? 'promoted' : standing);
  const moved = Object.entries<Standing>(ledger).map(([name, standing]) => [name, promoted(standing)] as const);
  // Over the ledger itself, which has every name.
  return { ...ledger, ...Object.fromEntries(moved) };
}

/**
 * What the ledger says of an image that is gone: when, and why.
 *
 * @throws Error for one that is not
 */
export function whyRetired(name: string): string {
  const standing = (ledger as Readonly<Record<string, Standing>>)[name];
  if (typeof standing !== 'object') throw new Error(`'${name}' is not retired in stacks/ledger.ts`);
  return `retired in ${standing.retired}: ${standing.because}`;
}
