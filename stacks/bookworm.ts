import type { Construct } from 'constructs';
import { Distro } from '../languages/distro';
import type { PlatformChart } from './platform-chart';

/** Debian 12. */
export class Bookworm extends Distro {
  constructor(scope: Construct, platform: PlatformChart) {
    super(scope, 'bookworm', { platform, packages: { run: ['unzip', 'zip'], build: ['libpcre3-dev'] } });
  }
}
