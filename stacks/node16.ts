import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { node16 } from '../languages/node/language';

/** Node 16 on Debian 11: an image for jobs and shells, and one for webservices. */
export class Node16 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'node16', { on, language: node16.at('16') });
  }
}
