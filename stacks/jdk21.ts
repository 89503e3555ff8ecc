import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { jdk } from '../languages/jdk/language';

/** Java 21 on Debian 13. */
export class Jdk21 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'jdk21', { on, language: jdk.at('21') });
  }
}
