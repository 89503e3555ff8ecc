import { definePart } from '../../lib/images/part';

/** lighttpd, as each Debian release has it. Bullseye's has `ssl.engine`, which tools there may name, in a package of its own. */
export const lighttpd = definePart({
  name: 'lighttpd',
  kind: 'stack',
  options: {},
  packages: (suite) => ['lighttpd', ...(suite === 'bullseye' ? ['lighttpd-mod-openssl'] : [])],
}).with({});
