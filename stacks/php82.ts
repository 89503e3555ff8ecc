import type { Construct } from 'constructs';
import { Family } from '../languages/family';
import { php } from '../languages/php/language';
import type { Bookworm } from './bookworm';
import type { PlatformChart } from './platform-chart';

/** PHP 8.2 on Debian 12: an image for jobs and shells, and one for webservices. */
export class Php82 extends Family {
  constructor(scope: Construct, { platform, bookworm }: { readonly platform: PlatformChart; readonly bookworm: Bookworm }) {
    super(scope, 'php82', { platform, on: bookworm.stack, language: php.at('8.2') });
  }
}
