import type { Construct } from 'constructs';
import type { Distro } from '../languages/distro';
import { Family } from '../languages/family';
import { tcl } from '../languages/tcl/language';

/** Tcl 8.6 on Debian 13: an image for jobs and shells, and one for webservices. */
export class Tcl86 extends Family {
  constructor(scope: Construct, on: Distro) {
    super(scope, 'tcl86', { on, language: tcl.at('8.6') });
  }
}
