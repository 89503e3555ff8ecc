import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { node } from '../languages/node/language';

/** Node 18 on Debian 12. */
export class Node18 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'node18', { on, language: node.at('18') });
  }
}
