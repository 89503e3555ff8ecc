import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { ruby } from '../languages/ruby/language';

/** Ruby 3.3 on Debian 13. */
export class Ruby33 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'ruby33', { on, language: ruby.at('3.3') });
  }
}
