import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { php } from '../languages/php/language';

/** PHP 8.2 on Debian 12: an image for jobs and shells, and one for webservices. */
export class Php82 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'php82', { on, language: php.at('8.2') });
  }
}
