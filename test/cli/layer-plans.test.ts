import { describeChange, describePlan, type PlanChange } from '../../cli/layer-plans';
import { knownPackages } from '../../cli/package-facts';
import { suitesOf } from '../../cli/plan-layers';
import { extendPlan } from '../../lib/buildpacks/layers/extend-plan';

// What talks to the cluster and to Pulumi, which is not what this test is about, and whose packages jest cannot read.
jest.mock('../../cli/toolbox', () => ({ inToolbox: jest.fn() }));
jest.mock('../../cli/pulumi-stack', () => ({ useClusterOf: () => ({}) }));

const said = {
  facts: {
    libc6: { source: 'glibc', bytes: 3_000_000 },
    'locales-all': { source: 'glibc', bytes: 11_000_000 },
    'libc-bin': { source: 'glibc', bytes: 500_000 },
  },
  updates: { glibc: ['2024-01-01', '2024-05-01', '2025-01-01', '2025-05-01'] },
};
const names = ['libc6', 'locales-all', 'libc-bin'];
const known = knownPackages([...names, 'gone'], said, { suite: 'bookworm', today: '2025-06-10' });

test('packages have the rate of their source, but for those that do not change with it', () => {
  expect(Object.fromEntries(known.facts)).toMatchObject({
    libc6: { source: 'glibc', bytes: 3_000_000, rate: 2 },
    'locales-all': { source: 'glibc', rate: 0.8 },
    gone: { source: 'gone', bytes: 0, rate: 0 },
  });
  expect(known.unknown).toEqual(['gone']);
});

const layers = [
  { name: 'glibc', packages: ['locales-all'] },
  { name: 'glibc-2', packages: ['libc6'] },
];
const plan = { release: 'bookworm', budget: 8, layers };
const before = { plan, images: [{ name: 'bookworm-run', packages: ['libc6', 'locales-all'] }] };
const images = [{ name: 'bookworm-run', packages: names }];
const change: PlanChange = {
  suite: 'bookworm',
  before,
  after: { plan: extendPlan(plan, images, known.facts), images },
  facts: known.facts,
};

test('a change says what moves, by layer', () => {
  expect(describeChange(change)).toEqual([
    'layers of bookworm: 3.5 MB move by the plan',
    '  changed: glibc-2, 3.5 MB: libc-bin, libc6',
  ]);
  expect(describeChange({ ...change, after: { ...before, plan } })).toEqual(['layers of bookworm: the plan stays']);
});

test('and what the plan cannot hold', () => {
  const broken = { ...change, after: { plan, images } };
  expect(describeChange(broken).slice(1)).toEqual([
    "stacks/locks/bookworm.layers.json: package 'libc-bin' of bookworm-run is in no layer; expected it in one; " +
      'run `npm run csb -- plan-layers bookworm` and review its diff',
  ]);
});

test('a plan says how many layers an image has, and what is stored and sent', () => {
  expect(describePlan(change)).toEqual([
    'bookworm: 2 layers, at most 8 of an image:',
    '  bookworm-run: 3',
    '  stored 14.5 MB, were nothing shared 14.5 MB',
    '  sent in a year of monthly locks 15.0 MB, were each image one layer 26.7 MB',
  ]);
});

test('a release that there is not is answered with those that there are', () => {
  const stacks = [{ suite: 'bookworm' }, { suite: 'trixie' }, { suite: 'trixie' }] as const;
  expect(suitesOf(stacks, undefined)).toEqual(['bookworm', 'trixie']);
  expect(suitesOf(stacks, 'trixie')).toEqual(['trixie']);
  expect(() => suitesOf(stacks, 'buster')).toThrow("no stack is of the release 'buster'. There are: bookworm, trixie");
});
