import { definePart } from '../../lib/images/part';
import { defineLanguage } from '../language';
import { lighttpdPlainServer } from '../lighttpd/server';
import { tclContract } from './contract/contract';

/** Tcl with the libraries that tools have asked for, as Debian has it. */
export const tcl = defineLanguage<'8.6'>({
  part: definePart<{ readonly version: '8.6' }>({
    name: 'tcl',
    kind: 'stack',
    options: { version: '8\\.6' },
    makes: 'language',
    // python3 was part of the first runner, and tools came to use it.
    packages: () => [
      'tcl',
      'tcl-thread',
      'tcl-tls',
      'tcl-trf',
      'tclcurl',
      'tcllib',
      'tdom',
      'mysqltcl',
      'libfcgi-dev',
      'python3',
    ],
  }),
  server: lighttpdPlainServer,
  contract: tclContract,
});
