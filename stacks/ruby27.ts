import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { ruby } from '../languages/ruby/language';

/** Ruby 2.7 on Debian 11. */
export class Ruby27 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'ruby27', { on, language: ruby.at('2.7') });
  }
}
