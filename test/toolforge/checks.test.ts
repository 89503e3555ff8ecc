/** Checks that are told by a language or server what to look for: each of them finds what is not so. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contractFiles } from '../../lib/toolforge/contract/contract';

/** What a check prints: a line for each finding, without one for what is as it has to be. */
function findings(check: string, told: Readonly<Record<string, string>>): string[] {
  const text = `${contractFiles['verdict.sh'] ?? ''}\n${contractFiles[`check.${check}.sh`] ?? ''}`;
  const { stdout } = spawnSync('/bin/bash', ['-c', text], { encoding: 'utf8', env: { PATH: process.env['PATH'], ...told } });
  return stdout.split('\n').filter((line) => line.startsWith('@differs'));
}

test.each(['shell', 'command-override'])("%s looks for the language's programs", (check) => {
  const missing = (programs: string) => findings(check, { CONTRACT_PROGRAMS: programs }).join('\n');
  expect(missing('no-such1 no-such1.2')).toMatch(/command -v no-such1[,'][^]*command -v no-such1\.2[,']/);
  expect(missing('env')).not.toContain('command -v env');
});

test.each(['shell', 'command-override'])('%s looks for common tools where they are promised', (check) => {
  const programs = mkdtempSync(join(tmpdir(), 'programs-'));
  symlinkSync('/usr/bin/tr', join(programs, 'tr'));
  const told = { CONTRACT_PROGRAMS: '', PATH: programs };
  const missing = (tools: string) => findings(check, { ...told, CONTRACT_TOOLS: tools }).join('\n');
  expect(missing('common')).toContain('command -v git');
  expect(missing('')).not.toContain('command -v git');
});

test("trace looks for the line of the server's own start", () => {
  const log = join(mkdtempSync(join(tmpdir(), 'log-')), 'log');
  writeFileSync(log, '+ export PORT=8000\n+ exec /usr/bin/lua main --port 8000\n');
  const withTrace = (trace: string) => findings('trace', { CONTRACT_TRACE: trace, POD_LOG: log });
  expect(withTrace('/usr/bin/lua main')).toEqual([]);
  expect(withTrace('/usr/bin/uwsgi')).toEqual([
    "@differs\tthe pod's log\t... + exec /usr/bin/uwsgi ...\t+ exec /usr/bin/lua main --port 8000",
  ]);
});

test('first-process looks for the program and the directory of the server', () => {
  const found = findings('first-process', { CONTRACT_PROCESS: '/no/such', CONTRACT_PROCESS_DIRECTORY: '/no/such/home' });
  expect(found.map((line) => line.split('\t').slice(1, 3))).toEqual([
    ['the program of process 1', '/no/such'],
    ['the directory of process 1', '/no/such/home'],
  ]);
});

test('stops asks with which code a server has ended, and not how long the node took', () => {
  const found = (code: string) => findings('stops', { POD_EXIT_CODE: code }).map((line) => line.split('\t').at(-1));
  for (const code of ['0', '1', '143']) expect(found(code)).toEqual([]);
  expect(found('137')).toEqual(['killed']);
  expect(found('none')).toEqual(['none: it had ended before']);
});
