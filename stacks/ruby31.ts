import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { ruby } from '../languages/ruby/language';

/** Ruby 3.1 on Debian 12. */
export class Ruby31 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'ruby31', { on, language: ruby.at('3.1') });
  }
}
