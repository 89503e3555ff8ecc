/** local/demo/put-into-home.sh: an application gets into a home once, and never over what a person has changed. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '../../../local/demo/put-into-home.sh');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'csb-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const inHome = (path: string): string => join(home, 'www/python', path);
const text = (path: string): string => readFileSync(inHome(path), 'utf8');

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function put(version: string, files: Readonly<Record<string, string>>): string {
  const source = mkdtempSync(join(tmpdir(), 'csb-application-'));
  try {
    for (const [path, content] of Object.entries(files)) write(join(source, 'www/python', path), content);
    const archive = execFileSync('tar', ['-c', '-C', source, 'www']);
    return execFileSync('sh', [SCRIPT, version], { cwd: home, input: archive, encoding: 'utf8' }).trim();
  } finally {
    rmSync(source, { recursive: true });
  }
}

const first = { 'src/app.py': 'one', 'venv/bin/python3': 'x' };
const second = { 'src/app.py': 'two' };

test('into an empty home; a second time nothing happens', () => {
  expect(put('1', first)).toBe('installed');
  expect(text('src/app.py')).toBe('one');
  expect(put('1', second)).toBe('unchanged');
  expect(text('src/app.py')).toBe('one');
});

test('another version replaces it, and what had been added to the old venv is still there', () => {
  put('1', first);
  write(inHome('venv/lib/added.py'), 'by pip');
  write(inHome('src/__pycache__/app.pyc'), 'by python');
  expect(put('2', second)).toBe('replaced');
  expect(text('src/app.py')).toBe('two');
  expect(existsSync(inHome('venv'))).toBe(false);
  expect(readFileSync(join(home, 'www/python.before/venv/lib/added.py'), 'utf8')).toBe('by pip');
  expect(put('3', first)).toBe('replaced');
});

test.each([
  ['changed', 'src/app.py'],
  ['added', 'src/mine.py'],
  ['configured', 'uwsgi.ini'],
])('what a person has %s is kept', (_, path) => {
  put('1', first);
  write(inHome(path), 'mine');
  expect(put('2', second)).toBe('kept');
  expect(text(path)).toBe('mine');
});

test("a person's own application is kept", () => {
  write(inHome('src/app.py'), 'mine');
  expect(put('1', first)).toBe('kept');
  expect(text('src/app.py')).toBe('mine');
});

test('where a link stands instead of an application, nothing is followed', () => {
  mkdirSync(join(home, 'www'));
  mkdirSync(join(home, 'elsewhere'));
  symlinkSync('../elsewhere', inHome(''));
  expect(put('1', first)).toBe('kept');
  expect(existsSync(join(home, 'elsewhere/src'))).toBe(false);
});

test('what an interrupted attempt left behind is no obstacle', () => {
  write(join(home, 'www/.demo-application/www/python/src/half.py'), 'half');
  expect(put('1', first)).toBe('installed');
  expect(existsSync(inHome('src/half.py'))).toBe(false);
  expect(existsSync(join(home, 'www/.demo-application'))).toBe(false);
});
