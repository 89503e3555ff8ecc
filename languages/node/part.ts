import { definePart } from '../../lib/images/part';
import type { Suite } from '../../lib/buildpacks/target';

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

/** What bullseye's images for webservices have had beside their language since their first runner, and tools came to depend on it. */
export function pythonOf(suite: Suite): readonly string[] {
  return suite === 'bullseye' ? ['python3'] : [];
}
