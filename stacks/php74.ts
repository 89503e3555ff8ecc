import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { php } from '../languages/php/language';

/** PHP 7.4 on Debian 11: an image for jobs and shells, and one for webservices. */
export class Php74 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'php74', { on, language: php.at('7.4') });
  }
}
