import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { perl } from '../languages/perl/language';

/** Perl 5.36 on Debian 12: an image for jobs and shells, and one for webservices. */
export class Perl536 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'perl536', { on, language: perl.at('5.36') });
  }
}
