import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { node } from '../languages/node/language';

/** Node 20 on Debian 13. */
export class Node20 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'node20', { on, language: node.at('20') });
  }
}
