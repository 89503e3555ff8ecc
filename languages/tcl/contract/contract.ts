import { join } from 'node:path';
import { inside } from '../../../lib/toolforge/contract/item';
import type { LanguageKeeps } from '../../language';

/** What images with Tcl keep. */
export const tclContract: LanguageKeeps = {
  programs: ['tclsh', 'tclsh{version}'],
  start: "echo 'package require tls; package require TclCurl' | /usr/bin/tclsh",
  items: [
    {
      id: 'F4-24-tcl',
      number: 24,
      title: '/usr/bin/tclsh of this version, with its libraries',
      source: 'toollabs-images, tcl/base',
      checks: [inside('tcl-packages', 'job', 'shell')],
    },
    {
      id: 'F4-25-tcl-programs',
      number: 25,
      title: '~/.lighttpd.conf starts programs in Tcl: by FastCGI, and by CGI',
      source: '.lighttpd.conf in homes',
      checks: [{ ...inside('tcl-programs', 'job'), onlyFor: 'web' }],
    },
  ],
  checks: join(__dirname, 'checks'),
};
