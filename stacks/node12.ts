import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { node } from '../languages/node/language';

/** Node 12 on Debian 11. */
export class Node12 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'node12', { on, language: node.at('12') });
  }
}
