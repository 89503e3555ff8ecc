import { definePart } from '../../lib/images/part';
import { YARN } from '../node/part';
import { pythonOf } from '../python-beside';

/** A version of Ruby that a Debian release has. */
export type RubyVersion = '2.7' | '3.1' | '3.3';

/** Ruby of the Debian release, with Node and yarn for what applications have besides Ruby. */
export const rubyPart = definePart<{ readonly version: RubyVersion }>({
  name: 'ruby',
  kind: 'stack',
  options: { version: '2\\.7|3\\.1|3\\.3' },
  makes: 'language',
  packages: (suite) => ['ruby', 'ruby-dev', 'rake', 'ruby-bundler', 'nodejs', 'yarnpkg', ...pythonOf(suite)],
  facade: () => YARN,
});
