/** What is in the buildpacks of this repository: its own files, and of what they share only what it reads. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBuildpack } from '../../lib/buildpacks/buildpack/buildpack';
import { shortId } from '../../lib/images/descriptor';
import { textOf } from '../../lib/tekton/script';
import { OURS } from './shell/buildpack';

const source = join(__dirname, '../../languages');
const folder = mkdtempSync(join(tmpdir(), 'buildpacks-'));
cpSync(source, folder, { recursive: true, verbatimSymlinks: true });
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test.each([...OURS.values()].map((each) => [each.id, each] as const))(
  '%s reads every shared file that it has',
  (_, { files }) => {
    const texts = files.map(({ content }) => content).join('\n');
    for (const { path } of files.filter((each) => each.path.startsWith('lay/'))) {
      const name = path.replace('lay/', '');
      expect(texts).toMatch(new RegExp(`lay/${name}"|problems_of ${name} |include "${name.replace('.jq', '')}";`));
    }
  },
);

/** All buildpacks of a copy of languages/, as it is now: the hash of each by its id. */
function hashesIn(copy: string): Map<string, string> {
  const folders = readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|\/)buildpack\.toml$/.test(name));
  return new Map(folders.map((name) => readBuildpack(join(copy, dirname(name)))).map(({ id, hash }) => [shortId(id), hash]));
}

test('there are no others', () => {
  expect([...hashesIn(source).keys()].sort()).toEqual([...OURS.keys()].sort());
});

/** Which buildpacks are others when a file has a line more. */
function changedBy(file: string): string[] {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  const hashes = hashesIn(folder);
  writeFileSync(path, `${before}# more\n`);
  const changed = [...hashesIn(folder)].filter(([name, hash]) => hashes.get(name) !== hash);
  writeFileSync(path, before);
  return changed.map(([name]) => name).sort();
}

test.each([
  ['lay/runtime.sh', ['python', 'uwsgi']],
  ['python/buildpack/bin/build', ['python']],
  ['lay/part.jq', ['python', 'uwsgi', 'webservice-python-bootstrap', 'webservice-runner']],
  ['lay/descriptor.jq', ['platform-image', 'python', 'uwsgi', 'webservice-python-bootstrap', 'webservice-runner']],
])('a change of %s makes others of %j', (file, names) => {
  expect(changedBy(file)).toEqual(names);
});

test('a checkout with the line ends of Windows has the same buildpacks and scripts', () => {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (/\.(sh|jq|toml)$|\/bin\//.test(name) && !name.includes('/lay/'))
      writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').replaceAll('\n', '\r\n'));
  expect(readFileSync(join(folder, 'lay/runtime.sh'), 'utf8')).toContain('\r\n');
  expect(textOf(join(folder, 'lay/runtime.sh'))).toBe(textOf(join(source, 'lay/runtime.sh')));
  expect(hashesIn(folder)).toEqual(hashesIn(source));
});
