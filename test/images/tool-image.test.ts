import { withFiles } from '../../lib/buildpacks/buildpack/buildpack';
import { Builder } from '../../lib/buildpacks/builder/builder';
import { optional } from '../../lib/buildpacks/builder/order';
import { Runtime } from '../../lib/buildpacks/runtime/runtime';
import { toolImageAddress, toolImageMaking } from '../../lib/images/image-address';
import { toolImageProblems } from '../../lib/images/image-problems';
import { descriptorOf, laidOf } from '../../lib/images/descriptor';
import type { Part } from '../../lib/images/part';
import { type GitSource, sourceProblems } from '../../lib/images/tool-source';
import {
  abi,
  buildpack,
  BUILDPACKS,
  type Changes,
  distroProps,
  house,
  languageProps,
  locked,
  PYTHON,
  bootstrap,
  uwsgi,
} from '../buildpacks/house';

const source: GitSource = { url: 'https://git.test/tool', commit: 'a'.repeat(40) };
const buildpacks = [...BUILDPACKS, buildpack('procfile')];
const addressWith = (
  changes: Changes = {},
  parts: readonly Part[] = PYTHON,
  from: GitSource = source,
  name = 'tool-web',
): string =>
  toolImageAddress(
    from.commit,
    toolImageMaking(
      from.folder ?? '',
      laidOf(parts).length === 0 ? '' : descriptorOf(name, parts),
      parts,
      house({ buildpacks, ...changes }).builder,
    ),
  );
const language = (changed: object): Changes => ({ language: { lock: { ...languageProps.lock, ...changed } } });
const withBuildpack = (name: string): Changes => ({
  buildpacks: buildpacks.map((each) =>
    each.id.endsWith(name) ? withFiles(each, [{ path: 'bin/build', content: 'other', executable: true }]) : each,
  ),
});

describe("the address of a tool's image", () => {
  test.each<[string, Changes]>([
    ['the versions of packages', language({ run: locked(['make'], '2.0-1') })],
    ['the stack below', { distro: { ...distroProps, files: {} } }],
    ['a buildpack of a part that it has not', withBuildpack('uwsgi')],
    ['a runtime that it does not use', { runtimes: ['python'] }],
    ["its builder's name", { names: { builder: 'renamed' } }],
  ])('does not change with %s: that means a rebase, or nothing', (_, changes) => {
    expect(addressWith(changes)).toBe(addressWith());
  });

  test.each<[string, Changes]>([
    ['a shared library', language({ abi: { ...abi, sonames: ['libssl 1.1'] } })],
    ['a file of a buildpack that lays one of its parts', withBuildpack('python')],
    ['the buildpack that checks its parts', withBuildpack('platform-image')],
    ['a buildpack that looks at its source', withBuildpack('procfile')],
    ['its runtime', { python: { version: '3.11.3' } }],
    ['the lifecycle', { lifecycle: 'registry.test/lifecycle:0.21.17' }],
  ])('changes with %s: that means a rebuild', (_, changes) => {
    expect(addressWith(changes)).not.toBe(addressWith());
  });

  test.each<[string, Partial<GitSource>]>([
    ['its commit', { commit: 'b'.repeat(40) }],
    ['its folder', { folder: 'services/web' }],
  ])('changes with %s', (_, change) => {
    expect(addressWith({}, PYTHON, { ...source, ...change })).not.toBe(addressWith());
  });

  test('does not change with where its source is read: a commit is the same everywhere', () => {
    expect(addressWith({}, PYTHON, { ...source, url: 'https://other.test/tool' })).toBe(addressWith());
  });

  test('changes with the runtime of a buildpack that looks at its source', () => {
    const withNode = (sum: string): string => {
      const { chart, distro, language, python } = house();
      const archive = { url: 'https://x.test/node.tar', sha256: sum.repeat(64), purl: 'pkg:generic/node@1' };
      const runtime = new Runtime(chart, 'node', { version: '1', builtOn: distro, from: { kind: 'archive', archive } });
      const order = [[...buildpacks, buildpack('node')].map(optional)];
      const builder = new Builder(chart, 'sources', { stack: language, runtimes: [python, runtime], order });
      return toolImageAddress(source.commit, toolImageMaking('', '', [], builder));
    };
    expect(withNode('e')).not.toBe(withNode('f'));
  });

  test('changes with its parts and its name', () => {
    expect(addressWith({}, [...PYTHON, uwsgi])).not.toBe(addressWith());
    expect(addressWith({}, [])).not.toBe(addressWith());
    expect(addressWith({}, PYTHON, source, 'renamed')).not.toBe(addressWith());
  });

  test('without parts does not change with what checks parts', () => {
    expect(addressWith(withBuildpack('platform-image'), [])).toBe(addressWith({}, []));
  });
});

describe('a source', () => {
  const problems = (change: object, plainHttp = false): string[] => sourceProblems({ ...source, ...change }, plainHttp);

  test.each([
    ['a repository', {}],
    ['one at a port', { url: 'https://git.test:8443/a/b_c.git' }],
    ['a folder', { folder: 'services/web-2/.config' }],
  ])('may be %s', (_, change) => {
    expect(problems(change)).toEqual([]);
  });

  test('is read without TLS inside the embedded platform only', () => {
    const url = 'http://git.local:8080/tool';
    expect(problems({ url }, true)).toEqual([]);
    expect(problems({ url })).toEqual([
      "the source's url is 'http://git.local:8080/tool', but only the embedded platform reads without TLS; use https://",
    ]);
  });

  test.each(['main', 'v1.0', 'a'.repeat(7), 'A'.repeat(40), 'a'.repeat(64), ''])(
    'is no branch, tag or short hash: %j',
    (commit) => {
      expect(problems({ commit })).toEqual([
        `the source's commit is '${commit}', but expected is the full hash of a commit, 40 characters of 0-9 and a-f: ` +
          'branches and tags move; git ls-remote https://git.test/tool says which commit each of them is now',
      ]);
    },
  );

  test.each([
    'https://me:secret@git.test/tool',
    'https://git.test',
    'https://git.test/a"b',
    'ssh://git.test/a',
    'https://git.test/a?b',
  ])('has an address without more: %s', (url) => {
    expect(problems({ url })).toEqual([
      expect.stringContaining(`the source's url is '${url}', but expected is https://<host>/<path>`),
    ]);
  });

  test.each(['..', 'a/../..', './a', '/a', 'a/', 'a//b', '', "a'b", 'a\nb'])('has a folder below its own: %j', (folder) => {
    expect(problems({ folder })).toEqual([expect.stringContaining(`the source's folder is '${folder}', but expected is a path`)]);
  });

  test('is told all its problems at once', () => {
    expect(problems({ url: 'x', commit: 'main', folder: '..' })).toHaveLength(3);
  });
});

describe('what a declaration contradicts or lacks', () => {
  const problems = (name: string, parts: readonly Part[], changes: Changes = { buildpacks }): string[] =>
    toolImageProblems(name, parts, house(changes).builder);

  test('is nothing for a right one, with parts or without', () => {
    expect(problems('tool-web', PYTHON)).toEqual([]);
    expect(problems('tool-web', [])).toEqual([]);
    expect(problems('tool-web', PYTHON, {})).toEqual([]);
  });

  test.each<[string, string, readonly Part[], Changes, string]>([
    [
      'parts, where nothing looks at sources',
      'tool-web',
      [],
      {},
      'it has no parts, and no order group of builder python-builder is for sources alone',
    ],
    ['a buildpack for its part', 'tool-web', [...PYTHON, bootstrap], {}, "has no buildpack for the part 'bootstrap'"],
    [
      'a runtime for its part',
      'tool-web',
      PYTHON,
      { runtimes: [] },
      "has no runtime for the part 'python'; add it to `runtimes`",
    ],
    ['a name for its descriptor', 'a--b-web', PYTHON, {}, "its name with that of its tool is 'a--b-web', but expected are"],
  ])('is said: it lacks %s', (_, name, parts, changes, problem) => {
    expect(problems(name, parts, changes)).toEqual([expect.stringContaining(problem)]);
  });
});
