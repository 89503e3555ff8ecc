import { definePart } from '../../lib/images/part';
import { pythonOf } from '../python-beside';

/** A release of Java that a Debian release has. */
export type JdkVersion = '17' | '21';

/** OpenJDK and Maven of the Debian release. */
export const jdkPart = definePart<{ readonly version: JdkVersion }>({
  name: 'jdk',
  kind: 'stack',
  options: { version: '17|21' },
  makes: 'language',
  packages: (suite, { version }) => [`openjdk-${version}-jdk`, 'maven', ...pythonOf(suite)],
});
