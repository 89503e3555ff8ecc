import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { perl } from '../languages/perl/language';

/** Perl 5.40 on Debian 13: an image for jobs and shells, and one for webservices. */
export class Perl540 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'perl540', { on, language: perl.at('5.40') });
  }
}
