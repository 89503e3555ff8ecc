import { defineLanguage } from '../language';
import { lighttpdPlainServer } from '../lighttpd/server';
import { perlContract } from './contract/contract';
import { perlPart, type PerlVersion } from './part';

/** Perl, as Debian has it; lighttpd starts it by CGI. */
export const perl = defineLanguage<PerlVersion>({
  part: perlPart,
  standsOn: 'devel',
  server: lighttpdPlainServer,
  contract: perlContract,
});
