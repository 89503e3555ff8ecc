import { defineLanguage } from '../language';
import { lighttpdServer } from '../lighttpd/server';
import { phpContract } from './contract/contract';
import { phpPart, type PhpVersion } from './part';

/** PHP, as Debian has it; lighttpd starts it by FastCGI. */
export const php = defineLanguage<PhpVersion>({ part: phpPart, server: lighttpdServer, contract: phpContract });
