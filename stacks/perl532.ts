import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { perl } from '../languages/perl/language';

/** Perl 5.32 on Debian 11: an image for jobs and shells, and one for webservices. */
export class Perl532 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'perl532', { on, language: perl.at('5.32') });
  }
}
