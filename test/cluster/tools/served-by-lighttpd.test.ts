/**
 * The drop-in proof for lighttpd: a home as the legacy image has left it, with its ~/.lighttpd.conf, its database and what was compiled there,
 * is served by our image, unchanged, with the answers that it had.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lighttpdServer } from '../../../languages/lighttpd/server';
import type { PlainDebian } from '../../../local/demo/plain-debian';
import { start, ToolUnderTest } from './demo-tools';

const tool = new ToolUnderTest('demo-two', 50002);
const folder = join(__dirname, 'served-by-lighttpd');
const scratch = mkdtempSync(join(tmpdir(), 'csb-lighttpd-'));
const file = (name: string): string => join(scratch, name);
const home = `/data/project/${tool.name}/served-by-lighttpd`;

/** Of the legacy image's packages those that the home needs. */
const PACKAGES = ['lighttpd', 'perl', 'make', 'gcc', 'libc6-dev', 'libdbi-perl', 'libdbd-sqlite3-perl'];
const PATHS = [
  ...['/', '/note/foobar', '/note/a', '/note/foobar', '/old/note/b', '/zero.geojson', '/settings.inc', '/index.html~'],
  ...['/no/such', '/notes.pl?c', '/private/x'],
];

interface Answer {
  readonly path: string;
  readonly status: number;
  readonly type: string | null;
  readonly location: string | null;
  readonly text: string;
}
const answers = (lines: string): Answer[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);

let before: readonly Answer[] = [];
let now: readonly Answer[] = [];

/** The home, made and used in a plain Debian, where nothing is of our images; then in the tool's own. */
function makeHome(): void {
  writeFileSync(file('runner'), lighttpdServer.runner);
  const env = {
    ...{
      home,
      uid: String(tool.uid),
      files: join(folder, 'perl536'),
      ask: join(folder, 'ask.pl'),
      enable: 'toolforge-enable-perl',
    },
    ...{ runner: file('runner'), archive: file('home.tar'), results: file('results'), paths: PATHS.join(' ') },
  };
  const debian: PlainDebian = { packages: PACKAGES, script: join(folder, 'make.sh'), env, scratch };
  execFileSync('node', ['--import', 'tsx', join(__dirname, 'way-back/in-plain-debian.ts'), JSON.stringify(debian)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  before = answers(readFileSync(file('results'), 'utf8'));
  rmSync(tool.home('served-by-lighttpd'), { recursive: true, force: true });
  execFileSync('mkdir', [tool.home('served-by-lighttpd')]);
  execFileSync('tar', ['--extract', `--file=${file('home.tar')}`, `--directory=${tool.home('served-by-lighttpd')}`]);
}

beforeAll(() => {
  start();
  makeHome();
  const address = tool.startServer('served-by-lighttpd', 'perl536-sssd-web', home);
  now = answers(execFileSync('perl', [join(folder, 'ask.pl'), `http://${address}:8000`, ...PATHS], { encoding: 'utf8' }));
}, 3_600_000);

afterAll(() => {
  tool.removePod('served-by-lighttpd');
  rmSync(tool.home('served-by-lighttpd'), { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

test('the home answered where it was made', () => {
  expect(before.map(({ status }) => status)).toEqual([200, 200, 200, 200, 301, 200, 404, 404, 404, 200, 404]);
  // The published test vector of "foobar", as in drop-in.test.ts, by a module that was compiled there.
  const hash = 0xbf9cf968;
  expect(before.find(({ path }) => path === '/note/foobar')?.text).toContain(`foobar ${hash}\n`);
});

test.each(PATHS.map((path, index) => [path, index] as const))('%s has the same answer from our image', (_, index) => {
  const place = ({ location, ...rest }: Answer) => ({ ...rest, location: location?.replace(/^http:\/\/[^/]+/, '') });
  const [was, is] = [before[index], now[index]];
  expect(was && is && place(is)).toEqual(was && expectation(place(was)));
});

/** What was written meanwhile is there: the notes of all that asked before. */
function expectation<T extends { readonly path: string; readonly text: string }>(answer: T): T {
  if (!answer.path.startsWith('/note')) return answer;
  return { ...answer, text: before.findLast(({ path }) => path === '/notes.pl?c')?.text ?? '' };
}
