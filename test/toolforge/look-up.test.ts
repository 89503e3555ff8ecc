/** lib/toolforge/contract/steps/look-up.sh: what is tried of which image, against a program that answers as csb-registry does. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTRACT_STEPS } from '../../lib/toolforge/contract/contract';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

const digest = (of: string): string => `sha256:${of.repeat(64)}`;
const CANARY = `r.test/web@${digest('c')}`;

interface Asked {
  readonly run?: string;
  readonly layersOf?: string;
  readonly before?: string;
  readonly canary?: string;
  /** What csb-registry says of the attestation, and of the canary. */
  readonly attested?: string;
  readonly passed?: string;
}

function lookUp({
  run = 'x-0123456789-1',
  layersOf = `r.test/base@${digest('a')}`,
  before = '',
  canary = 'r.test/web:latest',
  attested = '',
  passed = CANARY,
}: Asked) {
  const folder = temporaryFolder();
  for (const each of ['work', 'bin']) mkdirSync(join(folder, each));
  const program = [
    '#!/bin/bash',
    `echo "$*" >>${folder}/asked`,
    `case $1 in digest) echo ${digest('b')} ;; attestation) echo ${attested} ;; canary) echo ${passed} ;; *) exit 9 ;; esac`,
  ];
  writeFileSync(join(folder, 'bin/csb-registry'), program.join('\n'));
  chmodSync(join(folder, 'bin/csb-registry'), 0o755);
  const { status, stderr } = spawnSync('bash', ['--norc', '-c', CONTRACT_STEPS.lookUp.replaceAll('/work/', `${folder}/work/`)], {
    encoding: 'utf8',
    env: {
      ...{
        PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`,
        RUN: run,
        IMAGE: `r.test:5000/base:c-1-r${'2'.repeat(16)}`,
        FAMILY: '{}',
      },
      ...{
        ENVIRONMENT: 'test',
        CONTRACT_VERSION: 'v',
        DIGEST_RESULT: join(folder, 'digest'),
        LAYERS_OF: layersOf,
        BEFORE: before,
      },
      ...{ CANARY: canary, CANARY_FAMILY: '{}', CANARY_CONTRACT: 'w' },
    },
  });
  expect([status, stderr]).toEqual([0, '']);
  const left = (name: string): string | undefined =>
    existsSync(join(folder, 'work', name)) ? readFileSync(join(folder, 'work', name), 'utf8') : undefined;
  const asked = readFileSync(join(folder, 'asked'), 'utf8').trim().split('\n');
  return { found: left('found'), canary: left('canary'), image: left('image'), asked };
}

test('of a rebased image its canary is asked, with all that may have passed with its layers', () => {
  const { canary, found, image, asked } = lookUp({ before: `testing=${digest('d')} latest=` });
  expect({ canary, found, image }).toEqual({ canary: CANARY, found: undefined, image: `r.test:5000/base@${digest('b')}\n` });
  const [line = ''] = asked.filter((each) => each.startsWith('canary '));
  expect(line).toContain(
    `--layers-of r.test/base@${digest('a')} --layers-of r.test:5000/base@${digest('d')} --canary r.test/web:latest`,
  );
  expect(line).toMatch(/ r\.test:5000\/base@sha256:b+$/);
});

test.each<[string, Asked]>([
  ['was built', { layersOf: '' }],
  ['has no canary', { canary: '' }],
  ['is tried once more', { run: 'x-0123456789-2' }],
])('what %s is tried itself, and no canary is asked', (_, asked) => {
  const { canary, asked: calls } = lookUp(asked);
  expect(canary).toBeUndefined();
  expect(calls.filter((each) => each.startsWith('canary '))).toEqual([]);
});

test('without a canary that passed, everything is tried', () => {
  expect(lookUp({ passed: '' }).canary).toBeUndefined();
});

test('what has passed before is not tried', () => {
  const { found, canary } = lookUp({ attested: digest('e') });
  expect({ found, canary }).toEqual({ found: digest('e'), canary: undefined });
});
