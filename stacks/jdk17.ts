import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { jdk } from '../languages/jdk/language';

/** Java 17 on Debian 11. */
export class Jdk17 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'jdk17', { on, language: jdk.at('17') });
  }
}
