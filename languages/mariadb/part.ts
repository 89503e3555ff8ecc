import { join } from 'node:path';
import { layerOf } from '../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../lib/images/part';
import { partBuildpack } from '../buildpacks';

/** A version of MariaDB that a Debian release has. */
export type MariadbVersion = '11.8';

/** MariaDB's clients of the Debian release, and `sql`, which Toolforge has in a package of its own. */
export const mariadbPart = definePart<{ readonly version: MariadbVersion }>({
  name: 'mariadb',
  kind: 'layer',
  buildpack: partBuildpack('mariadb', join(__dirname, 'buildpack'), 'script'),
  options: { version: '11\\.8' },
  makes: 'language',
  replaces: ['toolforge-misctools-cli'],
  packages: () => ['logrotate', 'mariadb-client'],
  facade: () => ({ '/usr/bin/sql': `${layerOf('mariadb', 'sql')}/bin/sql` }),
});
