/** Languages that Debian has: which packages an image of each release gets, and by which other names it has them. */
import { jdk } from '../../languages/jdk/language';
import { mariadb } from '../../languages/mariadb/language';
import { mono } from '../../languages/mono/language';
import { node } from '../../languages/node/language';
import { ruby } from '../../languages/ruby/language';

const RUBY = ['ruby', 'ruby-dev', 'rake', 'ruby-bundler', 'nodejs', 'yarnpkg'];

test.each([
  [node.at('12'), 'bullseye', ['nodejs', 'npm', 'yarnpkg', 'python3']],
  [node.at('18'), 'bookworm', ['nodejs', 'npm', 'yarnpkg']],
  [node.at('20'), 'trixie', ['nodejs', 'npm', 'yarnpkg']],
  [ruby.at('2.7'), 'bullseye', [...RUBY, 'python3']],
  [ruby.at('3.1'), 'bookworm', RUBY],
  [ruby.at('3.3'), 'trixie', RUBY],
  [jdk.at('17'), 'bullseye', ['openjdk-17-jdk', 'maven', 'python3']],
  [jdk.at('21'), 'trixie', ['openjdk-21-jdk', 'maven']],
  [mono.at('6.8'), 'bullseye', ['mono-complete']],
  [mono.at('6.12'), 'trixie', ['mono-complete']],
  [mariadb.at('11.8'), 'trixie', ['logrotate', 'mariadb-client']],
] as const)('%j on %s', ({ part }, suite, packages) => {
  expect(part.packagesOn(suite)).toEqual(packages);
  expect(part.problems).toEqual([]);
});

test('scripts call yarn what Debian calls yarnpkg, and sql comes from a layer', () => {
  for (const { part } of [node.at('18'), ruby.at('3.1')]) expect(part.facade).toEqual({ '/usr/bin/yarn': '/usr/bin/yarnpkg' });
  expect(mariadb.at('11.8').part.facade).toEqual({ '/usr/bin/sql': '/layers/toolforge_mariadb/mariadb/bin/sql' });
});
