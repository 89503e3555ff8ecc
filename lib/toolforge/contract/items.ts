import type { Item } from './item';
import { inside, outside } from './item';
import { pythonItems, webItems } from './web-items';

/** What holds for every image. */
const everyItems = [
  {
    id: 'F1-01-name',
    number: 1,
    title: 'The name is <registry>/toolforge-<x>-sssd-{base,web}:latest',
    source: 'image-config, build.py',
    appliesTo: 'every',
    decidedBy: 'promotion',
    reason: 'the image has its name from promotion, after this contract; image-config is another component',
  },
  {
    id: 'F1-02-any-uid',
    number: 2,
    title: 'Starts as any UID that the image does not know, and can be read by it',
    source: 'jobs-api, Kyverno policy of tools',
    appliesTo: 'every',
    checks: [inside('any-uid', 'job', 'shell', 'web', 'job-bare')],
  },
  {
    id: 'F1-03-shell',
    number: 3,
    title: '`bash -il` finds interpreter and programs after /etc/profile',
    source: 'webservice shell',
    appliesTo: 'every',
    checks: [inside('shell', 'shell')],
  },
  {
    id: 'F1-04-command-override',
    number: 4,
    title: '`command:` works without a launcher',
    source: 'webservice, jobs-api',
    appliesTo: 'every',
    checks: [inside('command-override', 'job', 'job-bare')],
  },
  {
    id: 'F1-05-common-tools',
    number: 5,
    title: 'The common programs are there and run',
    source: 'toollabs-images, distro root',
    appliesTo: 'every',
    checks: [inside('common-tools', 'job', 'shell')],
  },
  {
    id: 'F1-06-nss',
    number: 6,
    title: "The UID has its tool's name by sssd; without the pipes a quick no",
    source: 'toollabs-images, nsswitch.conf',
    appliesTo: 'every',
    checks: [inside('nss', 'job', 'shell', 'web'), inside('nss-without-pipes', 'job-bare')],
  },
  {
    id: 'F1-07-locale',
    number: 7,
    title: 'LC_ALL is en_US.UTF-8, and all locales are there',
    source: 'toollabs-images, locales-all',
    appliesTo: 'every',
    checks: [inside('locale', 'job', 'shell', 'web', 'job-bare')],
  },
  {
    id: 'F1-08-tls-roots',
    number: 8,
    title: 'TLS roots in /etc/ssl/certs, and curl verifies by them',
    source: 'toollabs-images, ca-certificates',
    appliesTo: 'every',
    checks: [inside('tls-roots', 'job')],
  },
  {
    id: 'F1-09-environment',
    number: 9,
    title: "The pod's environment survives; the image sets no HOME",
    source: 'volume-admission, envvars-admission',
    appliesTo: 'every',
    checks: [inside('environment', 'job', 'shell', 'web'), inside('no-home-of-its-own', 'job-bare')],
  },
  {
    id: 'F1-10-working-directory',
    number: 10,
    title: "The pod's working directory is kept",
    source: 'webservice, jobs-api',
    appliesTo: 'every',
    checks: [inside('working-directory', 'job', 'shell')],
  },
  {
    id: 'F1-11-writable-places',
    number: 11,
    title: '/tmp is writable, and nothing in the image needs to be',
    source: 'jobs-api (readOnlyRootFilesystem: false)',
    appliesTo: 'every',
    checks: [inside('writable-places', 'job', 'job-bare', 'web'), inside('nothing-written', 'job', 'web')],
  },
  {
    id: 'F1-12-mount-points',
    number: 12,
    title: 'Nothing is in the way of what Toolforge mounts',
    source: 'volume-admission',
    appliesTo: 'every',
    checks: [inside('mount-points', 'job-bare')],
  },
  {
    id: 'F1-13-first-process',
    number: 13,
    title: 'Process 1 is the command itself, and SIGTERM ends a server in time',
    source: 'webservice-runner (exec)',
    appliesTo: 'every',
    checks: [
      inside('command-override', 'job'),
      inside('first-process', 'web', 'web-again'),
      outside('stops', 'web', 'web-again', 'web-offline'),
    ],
  },
  {
    id: 'F1-14-log-files',
    number: 14,
    title: 'Output goes to files in the home',
    source: 'jobs-api, webservice-runner',
    appliesTo: 'every',
    checks: [inside('log-files', 'job'), inside('server-log', 'web')],
  },
  {
    id: 'F1-15-no-network',
    number: 15,
    title: 'Starts when no name resolves',
    source: 'the legacy images',
    appliesTo: 'every',
    checks: [inside('no-network', 'job-offline'), outside('answers', 'web-offline')],
  },
  {
    id: 'F1-16-ownership',
    number: 16,
    title: 'New files belong to the tool, with the default umask',
    source: 'NFS homes, mode 2775',
    appliesTo: 'every',
    checks: [inside('ownership', 'job', 'shell', 'web')],
  },
  {
    id: 'F1-17-database',
    number: 17,
    title: 'Clients of the databases read ~/replica.my.cnf',
    source: 'wikitech',
    appliesTo: 'every',
    decidedBy: 'the tool',
    reason: 'that is a file of the tool; the image has only the libraries, which item 27 compiles against',
  },
  {
    id: 'F1-18-host-names',
    number: 18,
    title: 'Names of hosts by files, then DNS',
    source: 'toollabs-images, nsswitch.conf',
    appliesTo: 'every',
    checks: [inside('host-names', 'job')],
  },
  {
    id: 'F1-19-no-privileges',
    number: 19,
    title: 'Works without capabilities, without new ones, under seccomp',
    source: 'jobs-api, Kyverno policy of tools',
    appliesTo: 'every',
    checks: [inside('no-privileges', 'job', 'shell', 'web')],
  },
] as const satisfies readonly Item[];

/**
 * All that tools rely on: the 28 items of section F.1 to F.3 of the facts. What cannot be tried in an image says why.
 *
 * @see facts/toolforge.md
 */
export const items: readonly Item[] = [...everyItems, ...webItems, ...pythonItems];
