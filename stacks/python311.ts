import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { extensionLibraries, python } from '../languages/python/language';

/** Python 3.11 on Debian 12: an image for jobs and shells, and one for webservices, and since 2026 for jobs. */
export class Python311 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'python311', { on, language: python.at('3.11'), packages: extensionLibraries });
  }
}
