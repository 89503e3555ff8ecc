import { emptyPlan, parsePlan } from '../../../lib/buildpacks/layers/layer-plan';
import { planProblems } from '../../../lib/buildpacks/layers/plan-problems';

const layers = [
  { name: 'glibc', packages: ['libc-bin', 'libc6'] },
  { name: 'tzdata', volatile: true, packages: ['tzdata'] },
];
const plan = { release: 'bookworm', budget: 8, layers };
const refused = (content: unknown): string => {
  try {
    parsePlan('bookworm', content);
  } catch (error) {
    return (error as Error).message;
  }
  return 'taken';
};

test('a plan is read as it is', () => {
  expect(parsePlan('bookworm', plan)).toEqual(plan);
});

test.each([
  ['another release', { ...plan, release: 'trixie' }, "release: it is the plan of 'trixie'; expected 'bookworm'"],
  ['no budget', { ...plan, budget: 97 }, 'budget: at most 96 layers'],
  [
    'a package twice',
    { ...plan, layers: [...layers.slice(0, 1), { name: 'other', packages: ['libc6'] }] },
    "package 'libc6' is in 'glibc' and in 'other'; remove it from one of them",
  ],
  [
    'a name twice',
    { ...plan, layers: [...layers, { name: 'tzdata', volatile: true, packages: ['curl'] }] },
    "two layers are called 'tzdata'",
  ],
  [
    'what stays above what does not',
    { ...plan, layers: [...layers, { name: 'curl', packages: ['curl'] }] },
    "layer 'curl' is above 'tzdata', which is volatile",
  ],
  [
    'the name of the topmost',
    { ...plan, layers: [{ name: 'state', packages: ['curl'] }] },
    "no layer of packages can be called 'state'",
  ],
  ['no packages', { ...plan, layers: [{ name: 'curl', packages: [] }] }, 'layers.0.packages: at least one package'],
  [
    'no name of a package',
    { ...plan, layers: [{ name: 'curl', packages: ['Curl'] }] },
    'layers.0.packages.0: the name of a Debian package',
  ],
])('%s is refused by name', (_, content, said) => {
  expect(refused(content)).toContain('the layer plan of bookworm cannot be used:\n');
  expect(refused(content)).toContain(said);
});

const file = 'stacks/locks/bookworm.layers.json';
const run = { name: 'bookworm-run', packages: ['libc6', 'libc-bin', 'tzdata'] };

test('images that fit have no problem', () => {
  expect(planProblems(parsePlan('bookworm', plan), [run], file)).toEqual([]);
});

test('a package in no layer is said with its images, and what to do', () => {
  const [php, ruby] = ['php', 'ruby'].map((each) => ({ name: `bookworm-${each}-run`, packages: [...run.packages, 'libicu72'] }));
  expect(planProblems(parsePlan('bookworm', plan), [run, ruby ?? run, php ?? run], file)).toEqual([
    "stacks/locks/bookworm.layers.json: package 'libicu72' of bookworm-php-run and 1 more image is in no layer; expected it in one; " +
      'run `npm run csb -- plan-layers bookworm` and review its diff',
  ]);
});

test('an image with more layers than the budget has is said with their number', () => {
  const many = Array.from({ length: 8 }, (_, i) => ({ name: `source${i}`, packages: [`package${i}`] }));
  const image = { name: 'bookworm-run', packages: many.flatMap(({ packages }) => packages) };
  expect(planProblems(parsePlan('bookworm', { ...plan, layers: many }), [image], file)).toEqual([
    'stacks/locks/bookworm.layers.json: bookworm-run has 9 layers, 1 of them for its state; expected at most 8; ' +
      'raise `budget` there (up to 96), or make a new plan: `npm run csb -- plan-layers bookworm --fresh`',
  ]);
});

test('a release without a plan is said once', () => {
  expect(planProblems(emptyPlan('bookworm'), [run], file)).toEqual([
    'stacks/locks/bookworm.layers.json: bookworm has no layer plan; expected one for 1 images; ' +
      'run `npm run csb -- plan-layers bookworm --fresh` and review its diff',
  ]);
});
