import type { Construct } from 'constructs';
import { Distro } from '../languages/distro';
import type { PlatformChart } from './platform-chart';

/** Debian 13. */
export class Trixie extends Distro {
  constructor(scope: Construct, platform: PlatformChart) {
    super(scope, 'trixie', { platform, packages: { run: ['unzip', 'zip'], build: ['libpcre2-dev'] } });
  }
}
