import type { Construct } from 'constructs';
import { Family } from '../languages/family';
import { python } from '../languages/python/language';
import type { Bookworm } from './bookworm';
import type { PlatformChart } from './platform-chart';

/** Python 3.11 on Debian 12: an image for jobs and shells, and one for webservices, and since 2026 for jobs. */
export class Python311 extends Family {
  constructor(scope: Construct, { platform, bookworm }: { readonly platform: PlatformChart; readonly bookworm: Bookworm }) {
    const language = python.at('3.11');
    super(scope, 'python311', { platform, on: bookworm.stack, language, packages: EXTENSION_BUILDING });
  }
}

/** What maintainers build extensions with, in a shell of the image itself. */
const EXTENSION_BUILDING = [
  'build-essential',
  'libicu-dev',
  'libldap2-dev',
  'libmariadb-dev',
  'libmariadb-dev-compat',
  'libsasl2-dev',
];
