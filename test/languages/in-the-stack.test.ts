/** Languages that Debian has: which packages an image of each release gets, and by which other names it has them. */
import type { LanguageVersion } from '../../languages/language';
import type { Suite } from '../../lib/buildpacks/target';
import { jdk } from '../../languages/jdk/language';
import { mariadb } from '../../languages/mariadb/language';
import { mono } from '../../languages/mono/language';
import { node } from '../../languages/node/language';
import { perl } from '../../languages/perl/language';
import { php } from '../../languages/php/language';
import { ruby } from '../../languages/ruby/language';
import { tcl } from '../../languages/tcl/language';

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
  expect(mariadb.at('11.8').part.facade).toEqual({ '/usr/bin/sql': '/layers/toolforge_mariadb/sql/bin/sql' });
});

const of = ({ part }: LanguageVersion, suite: Suite): readonly string[] => part.packagesOn(suite);

test('extensions of PHP are of its version, and only the releases that had fonts and profiling have them', () => {
  expect(of(php.at('7.4'), 'bullseye')).toEqual(
    expect.arrayContaining(['php7.4-cgi', 'php-apcu-bc', 'fonts-noto-cjk', 'python3']),
  );
  expect(of(php.at('7.4'), 'bullseye')).not.toContain('php7.4-yaml');
  expect(of(php.at('8.2'), 'bookworm')).toEqual(
    expect.arrayContaining(['php8.2-cgi', 'php8.2-yaml', 'php-tideways', 'librsvg2-bin']),
  );
  expect(of(php.at('8.4'), 'trixie').filter((each) => /fonts|tideways|rsvg|python/.test(each))).toEqual([]);
  expect(
    [of(php.at('7.4'), 'bullseye'), of(php.at('8.2'), 'bookworm'), of(php.at('8.4'), 'trixie')].map(({ length }) => length),
  ).toEqual([75, 74, 21]);
});

test('Perl has the modules of 72 packages, on Debian 11 of 73; Tcl its libraries', () => {
  const modules = (suite: Suite) => of(perl.at('5.36'), suite).filter((each) => each.endsWith('-perl'));
  expect([modules('bullseye').length, modules('bookworm').length, modules('trixie').length]).toEqual([73, 72, 72]);
  expect(of(tcl.at('8.6'), 'trixie')).toContain('libfcgi-dev');
});

test('the runner knows by a file which language an image has', () => {
  expect(php.at('8.2').part.files).toEqual({ '/etc/toolforge-enable-php': '' });
  expect(perl.at('5.36').part.files).toEqual({ '/etc/toolforge-enable-perl': '' });
  expect(tcl.at('8.6').part.files).toEqual({});
});
