import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with Perl keep. */
export const perlContract: LanguageKeeps = {
  programs: ['perl'],
  start: "/usr/bin/perl -e 'use IO::Socket::SSL; use LWP;'",
  items: [
    {
      id: 'F4-24-perl',
      number: 24,
      title: '/usr/bin/perl of this version, and every module loads',
      source: 'toollabs-images, perl/base',
      checks: [inside('perl-modules', 'job', 'shell')],
    },
    {
      id: 'F4-25-perl-cgi',
      number: 25,
      title: 'Programs in ~/public_html are run by CGI, as the tool',
      source: 'webservice-runner (cgi.assign)',
      checks: [inside('perl-cgi', 'web', 'web-again')],
    },
    {
      id: 'F4-26-perl-compiling',
      number: 26,
      title: 'A module with C is compiled: Makefile.PL, make',
      source: 'webservice shell',
      checks: [inside('perl-compiling', 'job')],
    },
  ],
  checks: join(__dirname, 'checks'),
};
