/**
 * Tools' own images: repositories of two languages, from the platform's git server, built by the phases of platform images and run as their tools.
 * One is declared at a commit, one follows a branch.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSettings } from '../../../lib/settings/settings';
import { temporaryFolder } from '../../buildpacks/shell/temporary-folder';
import { digestOf } from '../checkout';
import { holdBranches, lookAtBranches } from '../follow';
import { layersOf } from '../rebase/registry-content';
import { ToolUnderTest } from './demo-tools';

const cases = [
  { tool: new ToolUnderTest('demo-one', 50001), language: 'Python 3.11', stands: 'toolforge-python311-sssd-web' },
  { tool: new ToolUnderTest('demo-two', 50002), language: 'Perl 5.36', stands: 'toolforge-perl536-sssd-web' },
];

const { namespace } = readSettings(join(__dirname, '../../..'), 'local');
const look = (): Promise<string> => lookAtBranches(namespace, 'demo-one.hello');

// What it was made of by `npm start`, whatever a test has left.
beforeAll(async () => {
  holdBranches(namespace, true);
  await look();
}, 600_000);
afterAll(() => {
  holdBranches(namespace, false);
});

describe.each(cases)('$tool.name', ({ tool, language, stands }) => {
  afterAll(() => {
    tool.removePod('own-image');
  });

  test('is served by its own image, by the process `web` of its Procfile, as its own user', async () => {
    const address = tool.startServer('own-image', { image: `tool-${tool.name}/hello`, home: `/data/project/${tool.name}` });
    const response = await fetch(`http://${address}:8000/`);
    expect(await response.json()).toMatchObject({ says: 'hello', language, uid: tool.uid, user: `tools.${tool.name}` });
  });

  test('has no layers beside those of the platform image but the application and what says how to start it', async () => {
    const known = new Set((await layersOf(stands, 'latest')).map(({ digest }) => digest));
    const own = (await layersOf(`tool-${tool.name}/hello`, 'latest')).filter(({ digest }) => !known.has(digest));
    expect(own.map(({ what }) => what)).toEqual([
      'Software Bill-of-Materials',
      'Application Layer',
      'Buildpacks Launcher Config',
      'Buildpacks Process Types',
    ]);
    expect(own.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(10_000);
  });
});

test('who pushes to a branch gets it, by the tag that the tool has; and who takes it back, what was', async () => {
  const latest = 'registry.local:5000/tool-demo-one/hello:latest';
  const repository = join(dirname(process.env['KUBECONFIG'] ?? ''), 'node/git/demo-one/hello.git');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.test', ...args], { encoding: 'utf8' }).trim();
  const [first, was] = [git('-C', repository, 'rev-parse', 'main'), await digestOf(latest)];
  const clone = join(temporaryFolder(), 'clone');
  git('clone', '--quiet', repository, clone);
  const file = join(clone, 'app.py');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"says": "hello"', '"says": "what was pushed"'));
  git('-C', clone, 'commit', '--quiet', '--all', '--message=x');
  git('-C', clone, 'push', '--quiet', 'origin', 'main');
  try {
    const tool = new ToolUnderTest('demo-one', 50001);
    expect(await look()).toMatch(
      /^demo-one\.hello: main is at [0-9a-f]{40}; demo-one-hello-[0-9a-f]{10}-[0-9a-f]{10}-\d+ has begun\n/,
    );
    expect(await digestOf(latest)).not.toBe(was);
    const address = tool.startServer('own-image', { image: 'tool-demo-one/hello', home: '/data/project/demo-one' });
    expect(await (await fetch(`http://${address}:8000/`)).json()).toMatchObject({ says: 'what was pushed' });
    tool.removePod('own-image');
    expect(await look()).toMatch(/ is its run\n/);
  } finally {
    git('-C', clone, 'push', '--quiet', '--force', 'origin', `${first}:main`);
  }
  // Not by the name that it had: another attempt.
  expect(await look()).toMatch(/-([2-9]|\d{2,}) has begun\n/);
  expect(await digestOf(latest)).toBe(was);
}, 600_000);
