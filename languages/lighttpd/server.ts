import type { Server } from '../webservice-runner/server';
import { lighttpdContract, lighttpdPlainContract } from './contract/contract';
import { lighttpd } from './part';
import { lighttpdRunner } from './runner';

/** What serves ~/public_html, where PHP is started by lighttpd and stays. */
export const lighttpdServer = {
  type: 'lighttpd',
  runner: lighttpdRunner,
  parts: [lighttpd],
  contract: lighttpdContract,
} as const satisfies Server;

/** The same where nothing but the tool's own ~/.lighttpd.conf starts programs, or CGI does. */
export const lighttpdPlainServer = {
  ...lighttpdServer,
  type: 'lighttpd-plain',
  contract: lighttpdPlainContract,
} as const satisfies Server;
