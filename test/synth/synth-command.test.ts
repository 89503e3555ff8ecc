/** `npm run synth` as it is typed, in a copy of the declarations. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(__dirname, '../..');
const PARTS = ['main.ts', 'package.json', 'tsconfig.json', 'cli', 'lib', 'languages', 'stacks', 'dist'];
const SETTINGS = ['local', 'toolsbeta', 'tools'].map((environment) => `Pulumi.${environment}.yaml`);

const copy = mkdtempSync(join(tmpdir(), 'csb-synth-'));
beforeAll(() => {
  for (const each of [...PARTS, ...SETTINGS]) cpSync(join(repository, each), join(copy, each), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => {
  rmSync(copy, { recursive: true });
});

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(copy, file), 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(join(copy, file), after);
}
function synth(): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync('node', ['--import', 'tsx', 'main.ts'], { cwd: copy, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

test('what is wrong in one environment leaves dist/ of all as it was', () => {
  const stale = join(copy, 'dist/local/platform.yaml');
  writeFileSync(stale, 'as it was\n');
  // The last environment of the three: the first could have been written by then.
  edit('Pulumi.toolsbeta.yaml', (text) => text.replace(/:namespace: .*/, ':namespace: Not_A_Name'));
  const { code, output } = synth();
  expect(output).toMatch(/Pulumi\.toolsbeta\.yaml.*\n.*namespace.*Not_A_Name/);
  expect(code).toBe(1);
  expect(readFileSync(stale, 'utf8')).toBe('as it was\n');

  cpSync(join(repository, 'Pulumi.toolsbeta.yaml'), join(copy, 'Pulumi.toolsbeta.yaml'));
  expect(synth()).toEqual({ code: 0, output: expect.stringMatching(/^dist\/local: \d+ files$/m) as string });
  expect(readFileSync(stale, 'utf8')).toBe(readFileSync(join(repository, 'dist/local/platform.yaml'), 'utf8'));
}, 60_000); // two programs started, beside whatever else the machine does

describe('what cannot be used is said in a few lines, without a stack', () => {
  test.each([
    ['a truncated table of aliases', 'stacks/aliases.ts', 'export const aliases = {', /aliases\.ts:1:24: ERROR/],
    ['a truncated lock', 'stacks/locks/bookworm.json', '{ "abi": {', /stacks\/locks\/bookworm\.json: .*\n.*git checkout/],
  ])(
    '%s',
    (_, file, content, message) => {
      edit(file, () => content);
      const { code, output } = synth();
      cpSync(join(repository, file), join(copy, file));
      expect(output).toMatch(message);
      expect(output).not.toMatch(/^\s+at /m);
      expect(output.split('\n').length).toBeLessThan(8);
      expect(code).toBe(1);
    },
    60_000,
  );
});
