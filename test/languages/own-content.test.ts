/** What is in the buildpacks of this repository: their own files, and of what they share only what they read. */
import { readdirSync } from 'node:fs';
import type * as fs from 'node:fs';
import { basename, join } from 'node:path';
import type * as declared from '../../languages/languages';
import type * as ours from '../../languages/buildpacks';
import type * as runners from '../../languages/webservice-runner/part';
import type { Buildpack } from '../../lib/buildpacks/buildpack/buildpack';
import { shortId } from '../../lib/images/descriptor';
import type { AnyPart } from '../../lib/images/part';
import { textOf } from '../../lib/tekton/script';

/** All parts and buildpacks, of whichever languages there are, when the files are what `as` makes of them. */
function read(as: (file: string, text: string) => string = (_, text) => text) {
  const parts: AnyPart[] = [];
  const others: Buildpack[] = [];
  jest.isolateModules(() => {
    jest.doMock('node:fs', () => {
      const real = jest.requireActual<typeof fs>('node:fs');
      return { ...real, readFileSync: (file: string, encoding: BufferEncoding) => as(file, real.readFileSync(file, encoding)) };
    });
    const all = jest.requireActual<typeof declared>('../../languages/languages').languages;
    const { webserviceRunner } = jest.requireActual<typeof runners>('../../languages/webservice-runner/part');
    for (const { part, server, webParts = [] } of all)
      parts.push(part, ...(server?.parts ?? []), webserviceRunner(server ? [server] : []), ...webParts);
    const { platformImage, plainImage, procfile } = jest.requireActual<typeof ours>('../../languages/buildpacks');
    others.push(platformImage, plainImage, procfile);
  });
  jest.dontMock('node:fs');
  return { parts, buildpacks: [...parts.flatMap(({ buildpack }) => buildpack ?? []), ...others] };
}

const { parts, buildpacks } = read();
const laid = parts.filter(({ buildpack }) => buildpack !== undefined);
const namesOf = (some: readonly AnyPart[]): string[] => [...new Set(some.map(({ name }) => name))].sort();

test.each(buildpacks.map((each) => [each.id, each] as const))('%s reads every shared file that it has', (_, { files }) => {
  const texts = files.map(({ content }) => content).join('\n');
  for (const { path } of files.filter((each) => each.path.startsWith('lay/'))) {
    const name = path.replace('lay/', '');
    expect(texts).toMatch(new RegExp(`lay/${name}"|problems_of ${name} |include "${name.replace('.jq', '')}";`));
  }
});

test('a part is laid by the buildpack of its name', () => {
  for (const { name, buildpack } of laid) expect(buildpack?.id).toBe(`toolforge/${name}`);
});

test('there are no others', () => {
  const folder = join(__dirname, '../../languages');
  const folders = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => basename(file) === 'buildpack.toml',
  );
  const ids = folders.map((file) => /^id = "(.*)"$/m.exec(textOf(join(folder, file)))?.[1]);
  expect(ids.sort()).toEqual([...new Set(buildpacks.map(({ id }) => id))].sort());
});

/** Which buildpacks are others when a file has a line more. */
function changedBy(file: string): string[] {
  const changed = read((path, text) => (path.endsWith(`/languages/${file}`) ? `${text}# more\n` : text)).buildpacks;
  const names = changed.filter(({ hash }, i) => hash !== buildpacks[i]?.hash).map(({ id }) => shortId(id));
  return [...new Set(names)].sort();
}

test.each([
  ['lay/runtime.sh', namesOf(laid.filter(({ runtimes }) => runtimes !== undefined))],
  ['python/buildpack/bin/build', ['python']],
  ['lay/part.jq', namesOf(laid)],
  ['lay/descriptor.jq', [...namesOf(laid), 'platform-image'].sort()],
])('a change of %s makes others of %j', (file, names) => {
  expect(changedBy(file)).toEqual(names);
});

test('a checkout with the line ends of Windows has the same buildpacks', () => {
  const windows = read((file, text) => (/\.(sh|jq|toml)$|\/bin\//.test(file) ? text.replaceAll('\n', '\r\n') : text));
  expect(windows.buildpacks).toEqual(buildpacks);
});
