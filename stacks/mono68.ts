import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { mono } from '../languages/mono/language';

/** Mono 6.8 on Debian 11: no webservice has this type. */
export class Mono68 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'mono68', { on, language: mono.at('6.8'), images: ['base'] });
  }
}
