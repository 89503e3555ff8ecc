import { definePart } from '../../lib/images/part';
import { pythonOf } from '../python-beside';

/** A version of Node that a Debian release has. */
export type NodeVersion = '12' | '18' | '20';

/** Node, npm and yarn of the Debian release. */
export const nodePart = definePart<{ readonly version: NodeVersion }>({
  name: 'node',
  kind: 'stack',
  options: { version: '12|18|20' },
  makes: 'language',
  packages: (suite) => ['nodejs', 'npm', 'yarnpkg', ...pythonOf(suite)],
  facade: () => YARN,
});

/** What scripts call yarn: Debian's is yarnpkg, since another package has that name. */
export const YARN = { '/usr/bin/yarn': '/usr/bin/yarnpkg' };
