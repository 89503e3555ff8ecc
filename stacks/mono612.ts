import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { mono } from '../languages/mono/language';

/** Mono 6.12 on Debian 13: no webservice has this type. */
export class Mono612 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'mono612', { on, language: mono.at('6.12'), images: ['base'] });
  }
}
