/** What `csb lock` does about layer plans. Locks and plans are in a folder of this test. */
import { readFileSync, rmSync } from 'node:fs';
import { lock } from '../../cli/lock';
import { inToolbox } from '../../cli/toolbox';
import { layerPlanFile } from '../../stacks/locks/read-layer-plan';
import { lockFile } from '../../stacks/locks/read-lock';
import { distroProps, house, locked } from '../buildpacks/house';

// What talks to the cluster and to Pulumi, which is not what this test is about, and whose packages jest cannot read.
jest.mock('../../cli/toolbox', () => ({ inToolbox: jest.fn() }));
jest.mock('../../cli/pulumi-stack', () => ({ useClusterOf: () => ({ mirror: { debian: 'http://m', security: 'http://s' } }) }));
jest.mock('../../stacks/environment', () => ({ declareEnvironment: () => house().app }));
jest.mock('../../stacks/locks/read-lock', () => ({
  lockFile: (name: string) => `/tmp/csb-test-${process.pid}-${name}.json`,
  readLock: (name: 'distro' | 'language') => house()[name].lock,
}));
jest.mock('../../stacks/locks/read-layer-plan', () => ({
  layerPlanFile: (release: string) => `/tmp/csb-test-${process.pid}-${release}.layers.json`,
  shownLayerPlan: (release: string) => `stacks/locks/${release}.layers.json`,
  readLayerPlan: () => mockPlan,
}));

const { base, run, build } = distroProps.lock;
const { lock: languageLock } = house().language;
const planned = [base, run, build, languageLock.run].flatMap((packages) => Object.keys(packages)).sort();
const mockPlan = { release: 'bookworm', budget: 8, layers: [{ name: 'all', packages: planned }] };

const sized = (packages: object): object =>
  Object.fromEntries(Object.entries(packages).map(([name, each]) => [name, { ...(each as object), size: 7 }]));

/** What the script in the pod says, after the house's language got some packages more. */
function answer(added: readonly string[]): string {
  const sets = {
    'distro/base': { packages: sized(base), sonames: [], origins: {} },
    'distro/run': { packages: run, sonames: ['libssl 3'], origins: {} },
    'distro/build': { packages: build, sonames: [], origins: {} },
    'language/run': {
      packages: { ...languageLock.run, ...locked(added) },
      sonames: ['libssl 3'],
      origins: Object.fromEntries(added.map((name) => [name, ['bookworm-security']])),
    },
    'language/build': { packages: {}, sonames: [], origins: {} },
  };
  const facts = Object.fromEntries([...planned, ...added].map((name) => [name, { source: name, bytes: 1_000_000 }]));
  return JSON.stringify({ sets, problems: [], facts, updates: {} });
}

async function locking(added: readonly string[]): Promise<readonly string[]> {
  jest.mocked(inToolbox).mockResolvedValue(answer(added));
  const said: string[] = [];
  const log = jest.spyOn(console, 'log').mockImplementation((line: string) => said.push(line));
  await lock('local', []);
  log.mockRestore();
  return said;
}
const written = (): unknown => JSON.parse(readFileSync(layerPlanFile('bookworm'), 'utf8'));
afterEach(() => {
  for (const file of [lockFile('distro'), lockFile('language'), layerPlanFile('bookworm')]) rmSync(file, { force: true });
});

test('without new packages the plan stays as it is', async () => {
  expect(await locking([])).toContain('layers of bookworm: the plan stays');
  expect(written()).toEqual(mockPlan);
});

test('locks are written with the sizes of packages', async () => {
  const said = await locking([]);
  const file = JSON.parse(readFileSync(lockFile('distro'), 'utf8')) as object;
  expect(file).toEqual({ ...distroProps.lock, abi: expect.anything() as object, base: sized(base) });
  // A size by itself is no change of a package.
  expect(said).toContain('distro: nothing changed');
});

test('new packages are put into the plan, and what that costs is said before anything is written', async () => {
  const said = await locking(['libnew']);
  expect(said.slice(0, 2)).toEqual(['layers of bookworm: 1.0 MB move by the plan', '  new: libnew, 1.0 MB: libnew']);
  expect(said.findIndex((line) => line.startsWith('language: '))).toBeGreaterThan(1);
  expect(said.join('\n')).toMatch(/^libnew +new +1\.0-1 +bookworm-security +language$/m);
  expect(written()).toEqual({ ...mockPlan, layers: [...mockPlan.layers, { name: 'libnew', packages: ['libnew'] }] });
});

test('the script is asked about the packages of all stacks, since the release came out', async () => {
  await locking([]);
  const { variables } = jest.mocked(inToolbox).mock.calls.at(-1)?.[1] ?? {};
  expect(variables?.['SINCE']).toBe('2023-06-10');
  expect(variables?.['PLANNED']?.split(' ')).toEqual(planned);
});
