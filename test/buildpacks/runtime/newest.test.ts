/** The script of `csb update` that asks after what runtimes are made from, with the real apt, on a mirror in a folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Newest, parseNewest } from '../../../cli/runtime-sources';
import { NEWEST_SCRIPT } from '../../../lib/buildpacks/runtime/newest-script';
import { describeWithApt, folder, mirror, printed, sha256, type Source } from '../debian/mirror';

interface Wanted {
  readonly kind: string;
  readonly name: string;
  readonly version: string;
  readonly files: readonly { readonly url: string; readonly sha256: string }[];
}

function newest(mirrorUrl: string, wanted: Wanted, npm = ''): Newest | undefined {
  const mirrors = { MIRROR: mirrorUrl, SECURITY_MIRROR: mirrorUrl, NPM: npm };
  return parseNewest(printed(NEWEST_SCRIPT, { SUITE: 'bookworm', ...mirrors, WANTED: JSON.stringify([wanted]) }), 1)[0];
}
const namesOf = (found: Newest | undefined): string[] => (found?.newest?.files ?? []).map(({ url }) => url.replace(/.*\//, ''));
const any = expect.any(String) as string;

/** What of a file's URL and checksum stands in WANTED, as the mirror has it. */
const file = (of: string, name: string) => ({
  url: `file:${folder}/${of}/pool/${name}`,
  sha256: sha256(join(folder, of, 'pool', name)),
});
const python = (version: string, more: Partial<Source> = {}): Source => ({ name: 'python', version, ...more });
const dsc = { kind: 'dsc', name: 'python', version: '3.11.2-6+deb12u8' };

describeWithApt('what runtimes are made from', () => {
  test('stays when nothing is newer', () => {
    const address = mirror('same', [], [python('3.11.2-6+deb12u8'), python('3.11.2-6+deb12u7')]);
    const files = [file('same', 'python_3.11.2-6+deb12u8.dsc')];
    expect(newest(address, { ...dsc, files })).toEqual({ gone: [], missing: [], isKnown: true, newest: null });
  });

  test('has something newer: all files of the source, from the suite that has it', () => {
    const newer = python('3.11.2-6+deb12u10', { suite: 'bookworm-security' });
    const address = mirror('newer', [], [python('3.11.2-6+deb12u8'), newer, python('3.11.2-6+deb12u9')]);
    const found = newest(address, { ...dsc, files: [file('newer', 'python_3.11.2-6+deb12u8.dsc')] });
    expect(found?.newest).toMatchObject({ version: '3.11.2-6+deb12u10', origin: ['bookworm-security'] });
    expect(found?.newest?.files[0]).toEqual({
      url: `file:${folder}/newer/pool/python_3.11.2-6%2bdeb12u10.dsc`,
      sha256: file('newer', 'python_3.11.2-6+deb12u10.dsc').sha256,
    });
    expect(namesOf(found).slice(1)).toEqual(['python_3.11.2.orig.tar.gz', 'python_3.11.2-6%2bdeb12u10.debian.tar.xz']);
  });

  test('is the newest that can be fetched; what the index names beyond it is said', () => {
    const sources = [python('3.11.2-6+deb12u8'), python('3.11.2-6+deb12u9'), python('3.11.2-6+deb12u10', { gone: true })];
    const found = newest(mirror('decayed', [], sources), { ...dsc, files: [file('decayed', 'python_3.11.2-6+deb12u8.dsc')] });
    expect(found?.newest?.version).toBe('3.11.2-6+deb12u9');
    expect(found?.missing).toEqual([{ url: `file:${folder}/decayed/pool/python_3.11.2-6%2bdeb12u10.dsc`, why: any }]);
  });

  test('that is gone is said, with what there is instead, be it older', () => {
    const address = mirror('older', [], [python('3.11.2-6+deb12u7')]);
    const url = `file:${folder}/older/pool/python_3.11.2-6+deb12u8.dsc`;
    const found = newest(address, { ...dsc, files: [{ url, sha256: 'a'.repeat(64) }] });
    expect(found).toMatchObject({ gone: [{ url, why: any }], newest: { version: '3.11.2-6+deb12u7', origin: ['bookworm'] } });
  });

  test('that is another file than was pinned is gone', () => {
    const address = mirror('other', [], [python('3.11.2-6+deb12u8')]);
    const { url, sha256: got } = file('other', 'python_3.11.2-6+deb12u8.dsc');
    const found = newest(address, { ...dsc, files: [{ url, sha256: 'a'.repeat(64) }] });
    expect(found?.gone).toEqual([{ url, why: `expected ${'a'.repeat(64)}, got ${got}` }]);
  });

  test('is the archive of the authors alone where only that is pinned', () => {
    const address = mirror('authors', [], [{ name: 'uwsgi', version: '2.0.21-5.1' }]);
    const name = 'uwsgi_2.0.21.orig.tar.gz';
    const found = newest(address, { kind: 'orig', name: 'uwsgi', version: '2.0.21', files: [file('authors', name)] });
    expect(namesOf(found)).toEqual([name]);
  });

  test('can be a package, whose version has an epoch, and its file none', () => {
    const address = mirror(
      'package',
      ['1:0.38-1', '1:0.38-2'].map((version) => ({ name: 'wheel', version })),
    );
    const found = newest(address, {
      kind: 'deb',
      name: 'wheel',
      version: '0.38-1',
      files: [file('package', 'wheel_0.38-1_amd64.deb')],
    });
    expect([found?.newest?.version, namesOf(found)]).toEqual(['0.38-2', ['wheel_0.38-2_amd64.deb']]);
  });

  test('is not known where no index names it', () => {
    const files = [file('same', 'python_3.11.2-6+deb12u8.dsc')];
    const address = mirror('none', []);
    for (const kind of ['url', 'dsc', 'deb']) {
      const expected = { gone: [], missing: [], isKnown: false, newest: null };
      expect(newest(address, { ...dsc, kind, files })).toEqual(expected);
    }
  });

  test('is not looked for in an index that cannot be read', () => {
    expect(() => newest(`[trusted=yes] file:${folder}/nothing`, { ...dsc, files: [] })).toThrow(/nothing/);
  });
});

describeWithApt('a package of npm', () => {
  const archive = (version: string): string => `yarn ${version}\n`;
  const of = (algorithm: string, text: string, encoding: 'hex' | 'base64'): string =>
    createHash(algorithm).update(text).digest(encoding);
  const versions = ['1.22.9', '1.22.22', '1.23.0-rc.1', '2.4.3'];
  const served: Record<string, string> = {
    '/yarn': JSON.stringify({
      versions: Object.fromEntries(
        versions.map((each) => [each, { dist: { integrity: `sha512-${of('sha512', archive(each), 'base64')}` } }]),
      ),
    }),
    ...Object.fromEntries(versions.map((each) => [`/yarn/-/yarn-${each}.tgz`, archive(each)])),
  };
  const program = `
    const served = ${JSON.stringify(served)};
    require('node:http').createServer(({ url }, response) => response.writeHead(served[url] ? 200 : 404).end(served[url]))
      .listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
  let server: ChildProcess;
  let npm: string;
  beforeAll(async () => {
    // A process of its own: the test waits for what it starts.
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    server = child;
    npm = await new Promise((resolve) => {
      child.stdout.once('data', (port: Buffer) => {
        resolve(`http://127.0.0.1:${port.toString().trim()}`);
      });
    });
  });
  afterAll(() => {
    server.kill();
  });
  const pinned = (version: string): Wanted => {
    const files = [{ url: `${npm}/yarn/-/yarn-${version}.tgz`, sha256: of('sha256', archive(version), 'hex') }];
    return { kind: 'npm', name: 'yarn', version, files };
  };

  test('has the newest release of the same major version, with its SHA-256', () => {
    const files = [{ url: `${npm}/yarn/-/yarn-1.22.22.tgz`, sha256: of('sha256', archive('1.22.22'), 'hex') }];
    const expected = { version: '1.22.22', origin: ['npm'], files };
    expect(newest(mirror('npm', []), pinned('1.22.9'), npm)?.newest).toEqual(expected);
    expect(newest(mirror('npm-again', []), pinned('1.22.22'), npm)).toMatchObject({ isKnown: true, newest: null });
  });

  test('is not known where the registry does not say which versions there are', () => {
    const found = newest(mirror('no-npm', []), { ...pinned('1.22.9'), name: 'nothing' }, npm);
    expect(found).toEqual({ gone: [], missing: [], isKnown: false, newest: null });
  });
});
