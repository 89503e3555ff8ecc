/** A tool can go back: environments that our image has made start where Debian's own Python is, as on the legacy image. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlainDebian } from '../../../local/demo/plain-debian';
import { ToolUnderTest } from './demo-tools';

const tool = new ToolUnderTest('demo-two', 50002);
const home = `/data/project/${tool.name}`;
const scratch = mkdtempSync(join(tmpdir(), 'csb-way-back-'));
const file = (name: string): string => join(__dirname, 'way-back', name);
/** How each of them started in Debian: its base, and what its compiled module says, if it has one. */
let started: Readonly<Record<string, string>> = {};

/** Puts the wheels of the newest virtualenv into the tool's home, by the machine's own pip, as for demo-one. */
function bringWheels(): void {
  const wheels = join(scratch, 'wheels');
  const exactly = ['--only-binary=:all:', '--require-hashes', `--requirement=${file('virtualenv.txt')}`];
  execFileSync('pip3', ['download', '--quiet', '--disable-pip-version-check', '--no-deps', ...exactly, `--dest=${wheels}`]);
  execFileSync('mkdir', ['-p', tool.home('way-back')]);
  execFileSync('cp', ['-r', wheels, tool.home('way-back/wheels')]);
  execFileSync('chown', ['-R', `${tool.uid}:${tool.uid}`, tool.home('way-back')]);
}

beforeAll(() => {
  rmSync(tool.home('way-back'), { recursive: true, force: true });
  bringWheels();
  tool.exec('/bin/bash', '-c', readFileSync(file('make.sh'), 'utf8'));
  const [archive, results] = [join(scratch, 'environments.tar'), join(scratch, 'results')];
  execFileSync('tar', ['--create', `--file=${archive}`, `--directory=${tool.home('')}`, 'way-back/environments']);
  // libpython3.11 as legacy images have it, by python3-dev: a copied interpreter of ours looks for it.
  const packages = ['python3.11', 'python3', 'libpython3.11', 'libsqlite3-0'];
  const debian: PlainDebian = {
    packages,
    script: file('start.sh'),
    env: { archive, results, home, uid: `${tool.uid}` },
    scratch,
  };
  execFileSync('node', ['--require', './cli/require.cjs', join(__dirname, 'in-plain-debian.ts'), JSON.stringify(debian)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const lines = readFileSync(results, 'utf8').trim().split('\n');
  started = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
}, 3_600_000);

afterAll(() => {
  rmSync(tool.home('way-back'), { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
});

test.each([
  ['venv', 'python3 -m venv'],
  ['copies', 'python3 -m venv --copies'],
  ['venv-of-venv', 'a venv that the Python of a venv has made'],
  ['activated', 'a venv made in an activated environment'],
  ['upgraded', 'a venv after --upgrade by the Python of another'],
  ['virtualenv', "the image's virtualenv"],
  ['newest-virtualenv', 'the newest virtualenv, installed in a venv'],
  ['venv-of-newest-virtualenv', 'a venv that the Python of one of these has made'],
])('%s: %s', (name) => {
  expect(readFileSync(tool.home(`way-back/environments/${name}/pyvenv.cfg`), 'utf8')).toMatch(/^home = \/usr\/bin$/m);
  expect(readFileSync(tool.home(`way-back/environments/${name}/pyvenv.cfg`), 'utf8')).not.toContain('/layers');
  expect(started[name]).toMatch(/^\/usr (-|\d+)$/);
});

test('a module that was compiled on our image is loaded there', () => {
  // The published test vector of "foobar", as in drop-in.test.ts.
  const hash = 0xbf9cf968;
  expect(started['venv-of-venv']).toBe(`/usr ${hash}`);
});
