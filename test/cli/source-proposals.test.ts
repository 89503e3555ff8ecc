import type { Newest, RuntimeSource } from '../../cli/runtime-sources';
import { type LookedUp, renderProposals } from '../../cli/source-proposals';
import { fromDebian } from '../../lib/buildpacks/debian/debian-files';
import { filesOf, type PinnedFiles } from '../../lib/buildpacks/runtime/pinned-files';

const mirror = { debian: 'http://m/debian', security: 'http://m/debian-security' };
const sum = (character: string): string => character.repeat(64);

/** A source of all files of a declaration, or of those that a name begins. */
function lookedUp(kind: RuntimeSource['kind'], pinned: PinnedFiles, has: Partial<Newest>, begins = ''): LookedUp {
  const files = filesOf(pinned).filter((file) => file.name.startsWith(begins));
  const { name = '', version = '' } = files[0]?.component('') ?? {};
  const source: RuntimeSource = { ...{ pinned, files, name, version, kind }, runtimes: ['python 3.11.2'], suites: ['bookworm'] };
  return { source, has: { gone: [], missing: [], isKnown: true, newest: null, ...has } };
}
const python = fromDebian('pool/main/p/python3.11', {
  'python3.11_3.11.2-6+deb12u8.dsc': sum('a'),
  'python3.11_3.11.2.orig.tar.gz': sum('b'),
});
const wheels = fromDebian('pool/main/w/wheel', {
  'python3-wheel_0.38.4-2_all.deb': sum('c'),
  'python3-wheel-whl_0.38.4-2_all.deb': sum('d'),
});
const yarn = { npm: 'yarn', version: '1.22.19', sha256: sum('e') };

test('a newer source is a line of a table, and the text that takes the place of what is declared', () => {
  const pool = 'http://m/debian-security/pool/updates/main/p/python3.11';
  const files = [
    { url: `${pool}/python3.11_3.11.2-6%2bdeb12u9.dsc`, sha256: sum('1') },
    { url: `${pool}/python3.11_3.11.2.orig.tar.gz`, sha256: sum('b') },
  ];
  const newest = { version: '3.11.2-6+deb12u9', origin: ['bookworm-security'], files };
  expect(renderProposals([lookedUp('dsc', python, { newest })], mirror)).toEqual([
    `source      from              to                origin             in
python3.11  3.11.2-6+deb12u8  3.11.2-6+deb12u9  bookworm-security  python 3.11.2`,
    '',
    "in place of fromDebian('pool/main/p/python3.11', { 'python3.11_3.11.2-6+deb12u8.dsc': ... }):",
    `fromSecurity('pool/updates/main/p/python3.11', {
  'python3.11_3.11.2-6+deb12u9.dsc': '${sum('1')}',
  'python3.11_3.11.2.orig.tar.gz': '${sum('b')}',
}),`,
    '',
    expect.stringMatching(/npm run synth, npm run diff$/),
  ]);
});

test('of a declaration of several packages, what stays is in its text as well', () => {
  const url = 'http://m/debian/pool/main/w/wheel/python3-wheel-whl_0.38.4-3_all.deb';
  const newest = { version: '0.38.4-3', origin: ['bookworm'], files: [{ url, sha256: sum('1') }] };
  const found = [lookedUp('deb', wheels, {}, 'python3-wheel_'), lookedUp('deb', wheels, { newest }, 'python3-wheel-whl_')];
  const said = renderProposals(found, mirror);
  expect(said).toContain(`fromDebian('pool/main/w/wheel', {
  'python3-wheel_0.38.4-2_all.deb': '${sum('c')}',
  'python3-wheel-whl_0.38.4-3_all.deb': '${sum('1')}',
}),`);
  expect(said.filter((line) => line.startsWith('in place of'))).toHaveLength(1);
});

test('a package of npm is declared by its version', () => {
  const newest = { version: '1.22.22', origin: ['npm'], files: [{ url: 'http://n/yarn/-/yarn-1.22.22.tgz', sha256: sum('1') }] };
  const said = renderProposals([lookedUp('npm', yarn, { newest })], mirror);
  expect(said).toContain("in place of { npm: 'yarn', version: '1.22.19', ... }:");
  expect(said).toContain(`{ npm: 'yarn', version: '1.22.22', sha256: '${sum('1')}' },`);
});

test('the same file is nothing newer, though Debian has another revision of it', () => {
  const authors = fromDebian('pool/main/u/uwsgi', { 'uwsgi_2.0.21.orig.tar.gz': sum('a') });
  const url = 'http://m/debian/pool/main/u/uwsgi/uwsgi_2.0.21.orig.tar.gz';
  const newest = { version: '2.0.21-5.1', origin: ['bookworm'], files: [{ url, sha256: sum('a') }] };
  expect(renderProposals([lookedUp('orig', authors, { newest })], mirror)).toEqual([
    'what runtimes are made from: nothing newer can be fetched',
  ]);
});

test('a file that only lies elsewhere now is proposed from there', () => {
  const [dsc] = Object.keys(python.files);
  const only = fromDebian('pool/main/p/python3.11', { [dsc ?? '']: sum('a') });
  const url = `http://m/debian-security/pool/updates/main/p/python3.11/${dsc ?? ''}`;
  const newest = { version: '3.11.2-6+deb12u8', origin: ['bookworm-security'], files: [{ url, sha256: sum('a') }] };
  const said = renderProposals([lookedUp('dsc', only, { newest })], mirror);
  expect(said).toContain(`fromSecurity('pool/updates/main/p/python3.11', {\n  '${dsc ?? ''}': '${sum('a')}',\n}),`);
});

test('what is gone, what an index names and nobody has, and what no index names, is a line each', () => {
  const not = 'The requested URL returned error: 404';
  const at = (name: string, why = not) => ({ url: `http://m/debian/pool/${name}`, why });
  const found = [
    lookedUp('npm', yarn, { gone: [at('yarn-1.22.19.tgz')], isKnown: false }),
    lookedUp('npm', yarn, { gone: [at('yarn-1.22.19.tgz', 'Connection timed out')] }),
    lookedUp('dsc', python, { missing: [at('python3.11_3.11.2-6%2bdeb12u9.dsc')] }),
  ];
  expect(renderProposals(found, mirror).slice(1)).toEqual([
    'python 3.11.2 cannot be made again: yarn-1.22.19.tgz is gone (The requested URL returned error: 404), and nothing is there instead',
    'no index names yarn: whether anything is newer than 1.22.19 is not known',
    'yarn-1.22.19.tgz, of python 3.11.2, could not be fetched (Connection timed out); try again',
    'the index names python3.11_3.11.2-6+deb12u9.dsc, which cannot be fetched (The requested URL returned error: 404); wait for the mirror',
  ]);
});
