/** How checks say what they found: the real prelude and the real runner, with checks made for the test. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { contractFiles } from '../../lib/toolforge/contract/contract';

const runner = join(__dirname, '../../lib/toolforge/contract/driver/run-checks.sh');

function run(checks: Readonly<Record<string, string>>, seconds = 10): string[] {
  const texts = Object.entries(checks).map(([name, text]) => [`CHECK_${name.replaceAll('-', '_')}`, text]);
  const { stdout, status } = spawnSync('bash', [runner], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      CONTRACT_CHECKS: Object.keys(checks).join(' '),
      CONTRACT_CHECK_SECONDS: String(seconds),
      CONTRACT_VERDICT: contractFiles['verdict.sh'],
      ...(Object.fromEntries(texts) as Record<string, string>),
    },
  });
  expect(status).toBe(0);
  return stdout
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\t\d+\.\d\d\t/, '\tSECONDS\t'));
}

test('what is as expected passes', () => {
  expect(run({ 'all-good': 'same here a a; has there b abc; atLeast many 3 4; atMost few 3 2' })).toEqual([
    '@contract\tall-good\tpass\tSECONDS\t\t\t',
  ]);
});

test('what differs says where, what was expected and what was found; all of it, on one line each', () => {
  expect(run({ wrong: 'same here a "b\nc"; has there x abc; atLeast many 3 2; atMost few 3 4' })).toEqual([
    '@contract\twrong\tfail\tSECONDS\there\ta\tb c',
    '@contract\twrong\tfail\tSECONDS\tthere\t... x ...\tabc',
    '@contract\twrong\tfail\tSECONDS\tmany\tat least 3\t2',
    '@contract\twrong\tfail\tSECONDS\tfew\tat most 3\t4',
  ]);
});

test('nothing found is said as such', () => {
  expect(run({ empty: 'same here a ""' })).toEqual(['@contract\tempty\tfail\tSECONDS\there\ta\t(nothing)']);
});

test('a check that breaks off has failed, with its last words', () => {
  expect(run({ broken: 'no-such-program --now' })[0]).toMatch(
    /^@contract\tbroken\tfail\tSECONDS\tthe check broken\tends with 0\tends with 127: .*no-such-program: command not found/,
  );
});

test('a check that hangs has failed', () => {
  expect(run({ slow: 'sleep 20' }, 1)).toEqual([
    '@contract\tslow\tfail\tSECONDS\tthe check slow\tends with 0\tends with 124: not done after 1 seconds',
  ]);
});

test('checks do not touch one another', () => {
  expect(run({ first: 'exit 3', second: 'same here a a' })).toHaveLength(2);
});
