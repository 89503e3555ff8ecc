import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { extensionLibraries, python } from '../languages/python/language';

/** Python 3.13 on Debian 13: an image for jobs and shells, and one for webservices, and since 2026 for jobs. */
export class Python313 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'python313', { on, language: python.at('3.13'), packages: extensionLibraries });
  }
}
