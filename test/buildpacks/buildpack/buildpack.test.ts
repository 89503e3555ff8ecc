import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { escapedId, readBuildpack } from '../../../lib/buildpacks/buildpack/buildpack';

const toml = 'api = "0.11"\n[buildpack]\nid = "toolforge/x"\nversion = "1.2.3"\n';
const root = mkdtempSync(join(tmpdir(), 'buildpack-'));
afterAll(() => {
  rmSync(root, { recursive: true });
});

let made = 0;
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(root, String(made++));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
const whole = { 'buildpack.toml': toml, 'bin/detect': '#!/bin/sh\n', 'bin/build': '#!/bin/sh\n', 'data/rules.jq': '.\n' };

test('a buildpack is its description and all its files', () => {
  const { id, version, api, files, hash } = readBuildpack(folderWith(whole));
  expect({ id, version, api }).toEqual({ id: 'toolforge/x', version: '1.2.3', api: '0.11' });
  expect(files.map(({ path, executable }) => [path, executable])).toEqual([
    ['bin/build', true],
    ['bin/detect', true],
    ['buildpack.toml', false],
    ['data/rules.jq', false],
  ]);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(escapedId({ id })).toBe('toolforge_x');
});

test('links to what buildpacks share are followed, so that a shared file changes all that have it', () => {
  const shared = folderWith({ 'layer.sh': 'one\n' });
  const folder = folderWith(whole);
  symlinkSync(shared, join(folder, 'lay'));
  const { hash, files } = readBuildpack(folder);
  expect(files).toContainEqual({ path: 'lay/layer.sh', content: 'one\n', executable: false });
  writeFileSync(join(shared, 'layer.sh'), 'two\n');
  expect(readBuildpack(folder).hash).not.toBe(hash);
});

test('the hash is that of content and modes, wherever the folder is', () => {
  const folder = folderWith(whole);
  const copy = join(root, 'copy');
  cpSync(folder, copy, { recursive: true });
  expect(readBuildpack(copy).hash).toBe(readBuildpack(folder).hash);
  chmodSync(join(copy, 'data/rules.jq'), 0o755);
  expect(readBuildpack(copy).hash).not.toBe(readBuildpack(folder).hash);
});

test.each(['bin/detect', 'bin/build'])('one without %s is refused, naming the file', (program) => {
  const folder = folderWith(Object.fromEntries(Object.entries(whole).filter(([path]) => path !== program)));
  expect(() => readBuildpack(folder)).toThrow(
    `${folder}: buildpack toolforge/x: ${program} is missing; expected an executable file`,
  );
});

test.each([
  ['without a version', toml.replace(/version.*\n/, ''), 'buildpack.version: '],
  ['without an API', toml.replace(/api.*\n/, ''), 'api: '],
])('one %s is refused, naming file and key', (_, text, problem) => {
  const folder = folderWith({ ...whole, 'buildpack.toml': text });
  expect(() => readBuildpack(folder)).toThrow(`${folder}/buildpack.toml: ${problem}`);
});

test.each([
  ['half of a version', toml.replace('1.2.3', '1.2'), "the version of buildpack toolforge/x is '1.2'; expected three numbers"],
  ['an id of other characters', toml.replace('toolforge/x', 'tool forge'), "the id of buildpack tool forge is 'tool forge'"],
  ['a system that there is not', `${toml}[[targets]]\nos = "plan9"\n`, "target 0's os is 'plan9'"],
])('one with %s is refused, naming the section of the specification', (_, text, problem) => {
  const read = () => readBuildpack(folderWith({ ...whole, 'buildpack.toml': text }));
  expect(read).toThrow(problem);
  expect(read).toThrow(/\(buildpack 0\.12, "/);
});

test('a composite buildpack has an order instead of programs', () => {
  const order = '[[order]]\n[[order.group]]\nid = "toolforge/python"\nversion = "0.1.0"\noptional = true\n';
  const { programs, order: groups } = readBuildpack(folderWith({ 'buildpack.toml': `${toml}${order}` }));
  expect({ programs, groups }).toEqual({
    programs: [],
    groups: [[{ id: 'toolforge/python', version: '0.1.0', optional: true }]],
  });
  expect(() => readBuildpack(folderWith({ ...whole, 'buildpack.toml': `${toml}${order}` }))).toThrow(/programs beside an order/);
});
