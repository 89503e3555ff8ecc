import type { Construct } from 'constructs';
import { Distro } from '../languages/distro';
import type { PlatformChart } from './platform-chart';

/** Debian 11, which Debian LTS keeps; its images never had zip. */
export class Bullseye extends Distro {
  constructor(scope: Construct, platform: PlatformChart) {
    super(scope, 'bullseye', { platform, packages: { build: ['libpcre3-dev'] }, fallbacks: LAST_OF_MAIN });
  }
}

const because = 'the index of bullseye-security names later ones whose files answer 404 (2026-11-25)';

/** The versions of the last point release, of sources whose security updates mirrors have dropped. */
const LAST_OF_MAIN = {
  sssd: { version: '2.4.1-2', because },
  'node-lodash': { version: '4.17.21+dfsg+~cs8.31.173-1', because },
  'openjdk-17': { version: '17.0.12+7-2~deb11u1', because },
  'php7.4': { version: '7.4.33-1+deb11u5', because },
};
