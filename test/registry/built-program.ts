/** csb-registry, built for the tests that start it. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { COMPILER_FLAGS } from '../../local/toolchain/modules';

/** Whether all of these are on PATH. */
export const has = (...programs: string[]): boolean =>
  programs.every((each) => spawnSync('bash', ['-c', `command -v ${each}`]).status === 0);

/** A group of tests that is skipped by name where a program is missing. */
export function describeWith(title: string, needed: string[], tests: () => void): void {
  if (has(...needed)) describe(title, tests);
  else test.skip(`${title} [needs ${needed.join(', ')}]`, () => undefined);
}

/** Builds it as the toolchain does, so that nothing is compiled twice. */
export function buildProgram(program: string): void {
  const source = join(__dirname, '../../lib/registry/program');
  const { status, stderr } = spawnSync('go', ['build', ...COMPILER_FLAGS, '-o', program, '.'], {
    cwd: source,
    encoding: 'utf8',
    env: { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOWORK: 'off' },
  });
  if (status !== 0) throw new Error(stderr);
}
