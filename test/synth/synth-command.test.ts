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
  const { status, stdout, stderr } = spawnSync('node', ['--require', './cli/require.cjs', 'main.ts'], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { code: status, output: stdout + stderr };
}

test('a settings file that cannot be used is named, and the other environments are written', () => {
  const [local, other] = ['local', 'toolsbeta'].map((environment) => join(copy, 'dist', environment, 'platform.yaml'));
  for (const stale of [local, other]) writeFileSync(stale ?? '', 'as it was\n');
  edit('Pulumi.toolsbeta.yaml', (text) => text.replace(/:namespace: .*/, ':namespace: Not_A_Name'));
  const { code, output } = synth();
  expect(output).toMatch(/Pulumi\.toolsbeta\.yaml.*\n.*namespace.*Not_A_Name.*\ndist\/toolsbeta is left as it was\./);
  expect(code).toBe(1);
  expect(readFileSync(local ?? '', 'utf8')).toBe(readFileSync(join(repository, 'dist/local/platform.yaml'), 'utf8'));
  expect(readFileSync(other ?? '', 'utf8')).toBe('as it was\n');

  cpSync(join(repository, 'Pulumi.toolsbeta.yaml'), join(copy, 'Pulumi.toolsbeta.yaml'));
  expect(synth()).toEqual({ code: 0, output: expect.stringMatching(/^dist\/local: \d+ files$/m) as string });
  expect(readFileSync(other ?? '', 'utf8')).toBe(readFileSync(join(repository, 'dist/toolsbeta/platform.yaml'), 'utf8'));
}, 60_000); // two programs started, beside whatever else the machine does

test('what an environment gets wrong in what all declare leaves dist/ of all as it was', () => {
  const stale = join(copy, 'dist/local/platform.yaml');
  writeFileSync(stale, 'as it was\n');
  edit('stacks/environment.ts', (text) =>
    text.replace('  return app;', "  if (environment === 'toolsbeta') throw new Error('it is wrong');\n  return app;"),
  );
  const { code, output } = synth();
  const left = readFileSync(stale, 'utf8');
  for (const file of ['stacks/environment.ts', 'dist/local/platform.yaml']) cpSync(join(repository, file), join(copy, file));
  expect(output).toContain('it is wrong');
  expect(code).toBe(1);
  expect(left).toBe('as it was\n');
}, 60_000);

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
