import { definePart } from '../../lib/images/part';
import type { Suite } from '../../lib/buildpacks/target';
import { pythonOf } from '../python-beside';
import { MODULES } from './modules';

/** A minor version of Perl. */
export type PerlVersion = '5.32' | '5.36' | '5.40';

/** What only one release has. */
const OF_RELEASE: Readonly<Record<Suite, readonly string[]>> = {
  bullseye: ['libdbd-sqlite2-perl', ...pythonOf('bullseye')],
  bookworm: [],
  trixie: [],
};

/** Perl with the modules that tools have asked for. */
export const perlPart = definePart<{ readonly version: PerlVersion }>({
  name: 'perl',
  kind: 'stack',
  options: { version: '5\\.(?:32|36|40)' },
  makes: 'language',
  files: () => ({ '/etc/toolforge-enable-perl': '' }),
  packages: (suite) => ['perl', ...Object.keys(MODULES), ...OF_RELEASE[suite]],
});
