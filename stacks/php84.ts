import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { php } from '../languages/php/language';

/** PHP 8.4 on Debian 13: an image for jobs and shells, and one for webservices. */
export class Php84 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'php84', { on, language: php.at('8.4') });
  }
}
