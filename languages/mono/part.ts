import { definePart } from '../../lib/images/part';

/** A version of Mono that a Debian release has. */
export type MonoVersion = '6.8' | '6.12';

/** Mono of the Debian release, with its compilers. */
export const monoPart = definePart<{ readonly version: MonoVersion }>({
  name: 'mono',
  kind: 'stack',
  options: { version: '6\\.8|6\\.12' },
  makes: 'language',
  packages: () => ['mono-complete'],
});
