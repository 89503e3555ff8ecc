/** `sql`, as toolforge-misctools-cli has it: which server a database is on, and what the client is told. */
import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { script } from '../../../lib/tekton/script';
import { mariadb } from '../../../languages/mariadb/language';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';
import { Buildpack } from '../shell/buildpack';

const sql = script(join(__dirname, '../../../languages/mariadb/buildpack'), 'sql.sh');

/** In a home with the account of a tool, and a client that says what it was told. */
function run(args: readonly string[], account = 'replica.my.cnf') {
  const home = temporaryFolder();
  writeFileSync(join(home, account), '');
  const client = join(home, 'mariadb');
  writeFileSync(client, `#!/bin/sh\nfor each in "$@"; do echo "$each"; done\n`);
  chmodSync(client, 0o755);
  const env = { HOME: home, PATH: `${home}:${process.env['PATH'] ?? ''}` };
  const { status, stdout, stderr } = spawnSync('bash', ['-c', sql, 'sql', ...args], { env, encoding: 'utf8' });
  return { status, told: stdout.replaceAll(home, '~').split('\n').slice(0, -1), stderr };
}

const ACCOUNT = ['--defaults-file=~/replica.my.cnf', '--default-character-set=utf8mb4'];

test.each([
  [['enwiki_p'], ['--host=enwiki.analytics.db.svc.wikimedia.cloud', 'enwiki_p']],
  [['enwiki'], ['--host=enwiki.analytics.db.svc.wikimedia.cloud', 'enwiki_p']],
  [['de'], ['--host=dewiki.analytics.db.svc.wikimedia.cloud', 'dewiki_p']],
  [
    ['--cluster', 'web', 'commons'],
    ['--host=commonswiki.web.db.svc.wikimedia.cloud', 'commonswiki_p'],
  ],
  [['meta'], ['--host=s7.analytics.db.svc.wikimedia.cloud', 'meta_p']],
  [['local'], ['--host=tools.db.svc.wikimedia.cloud']],
])('sql %j', (args, told) => {
  expect(run(args)).toMatchObject({ status: 0, told: [...ACCOUNT, ...told], stderr: '' });
});

test('a statement is all words after the database', () => {
  expect(run(['-N', 'enwiki', 'select', '1;']).told).toEqual([
    ...[...ACCOUNT, '--skip-column-names', '--host=enwiki.analytics.db.svc.wikimedia.cloud', 'enwiki_p'],
    '--execute=select 1;',
  ]);
});

test('without the account of a tool it asks', () => {
  const { told, stderr } = run(['enwiki'], 'another');
  expect(told).toContain('--password');
  expect(stderr).toContain('replica.my.cnf');
});

test.each([
  [['--cluster'], '--cluster needs a value, analytics or web'],
  [['--cluster', 'none', 'enwiki'], "the cluster is 'none'; expected analytics or web"],
  [[], 'no database'],
  [['--no-such', 'enwiki'], 'unknown option --no-such'],
])('sql %j is refused', (args, why) => {
  expect(run(args)).toMatchObject({ status: 2, stderr: expect.stringContaining(why) as string });
});

test('its path in the image leads to what the buildpack lays', () => {
  const part = mariadb.at('11.8').part;
  const buildpack = new Buildpack('mariadb').describe(
    JSON.stringify({ format: 1, name: 'mariadb-sssd-base', parts: { mariadb: part.options } }),
  );
  expect(buildpack.build()).toMatchObject({ code: 0 });
  for (const target of Object.values(part.facade).map(String)) {
    const laid = join(buildpack.layers, target.replace('/layers/toolforge_mariadb/', ''));
    expect(() => {
      accessSync(laid, constants.X_OK);
    }).not.toThrow();
  }
});
