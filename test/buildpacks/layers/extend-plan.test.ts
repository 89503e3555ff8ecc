import { extendPlan } from '../../../lib/buildpacks/layers/extend-plan';
import { freshPlan } from '../../../lib/buildpacks/layers/fresh-plan';
import type { LayerPlan } from '../../../lib/buildpacks/layers/layer-plan';
import { movedLayers, planCost } from '../../../lib/buildpacks/layers/plan-cost';
import { planProblems } from '../../../lib/buildpacks/layers/plan-problems';
import { factsOf } from './planned';

const MB = 1_000_000;
const facts = factsOf({
  libc6: ['glibc', 3, 1],
  emacs: ['emacs', 40, 0],
  openssl: ['openssl', 2, 4],
  libssl: ['openssl', 1, 4],
  php: ['php8.2', 20, 5],
  'php-xml': ['php8.2', 1, 5],
  icu: ['icu', 9, 0],
  ruby: ['ruby3.1', 10, 1],
  gem: ['rubygems', 1, 0],
});
const run = { name: 'run', packages: ['libc6', 'emacs', 'openssl'] };
const php = { name: 'php', packages: [...run.packages, 'php', 'icu'] };
const images = [run, php];
const plan = freshPlan({ release: 'bookworm', images, facts });
const layers = ({ layers: all }: LayerPlan): string[] =>
  all.map(({ name, volatile, packages }) => `${name}${volatile ? '!' : ''}: ${packages.join(' ')}`);

test('a new plan: what most images have is below, what changes often on top', () => {
  expect(layers(plan)).toEqual(['emacs: emacs', 'glibc: libc6', 'icu: icu', 'php8.2!: php', 'openssl!: openssl']);
});

test('packages that the same images have go where their source is, and change that layer alone', () => {
  const more = [run, { ...php, packages: [...php.packages, 'php-xml'] }];
  const extended = extendPlan(plan, more, facts);
  expect(layers(extended)).toEqual(['emacs: emacs', 'glibc: libc6', 'icu: icu', 'php8.2!: php php-xml', 'openssl!: openssl']);
  expect(movedLayers({ plan, images }, { plan: extended, images: more }, facts)).toEqual([
    { name: 'php8.2', packages: ['php', 'php-xml'], bytes: 21 * MB },
  ]);
});

test('packages of an image that is new get layers of their own, and change none', () => {
  const more = [...images, { name: 'ruby', packages: [...run.packages, 'ruby', 'gem', 'libssl'] }];
  const extended = extendPlan(plan, more, facts);
  expect(layers(extended)).toEqual([
    ...['emacs: emacs', 'glibc: libc6', 'icu: icu', 'rubygems: gem', 'ruby3.1: ruby'],
    ...['php8.2!: php', 'openssl!: openssl', 'openssl-2!: libssl'],
  ]);
  const moved = movedLayers({ plan, images }, { plan: extended, images: more }, facts);
  expect(moved.map(({ name, bytes }) => `${name} ${bytes / MB}`)).toEqual(['ruby3.1 10', 'rubygems 1', 'openssl-2 1']);
});

test('a large image that comes later gets the layers that were spared for it', () => {
  const own = Array.from({ length: 6 }, (_, i) => `own${i}`);
  const many = factsOf(
    Object.fromEntries([...Array.from({ length: 9 }, (_, i) => `p${i}`), ...own].map((name, i) => [name, [name, 10, i / 10]])),
  );
  const older = { name: 'older', packages: [...many.keys()].filter((each) => !own.includes(each)) };
  const spared = freshPlan({ release: 'bookworm', budget: 10, images: [older], facts: many });
  expect(spared.layers).toHaveLength(5);
  const later = { name: 'later', packages: [...many.keys()] };
  expect(extendPlan(spared, [older, later], many).layers).toHaveLength(9);
});

test('where the budget is used up, the smallest layer that fits takes them', () => {
  const names = Array.from({ length: 7 }, (_, i) => `p${i}`);
  const small = factsOf(Object.fromEntries([...names, 'new'].map((name, i) => [name, [name, 10 + ((i * 3) % 7), 0]])));
  const full = { release: 'bookworm', budget: 8, layers: names.map((name) => ({ name, packages: [name] })) };
  const one = { name: 'one', packages: [...names, 'new'] };
  const other = { name: 'other', packages: names };
  const extended = extendPlan(full, [one, other], small);
  expect(layers(extended).filter((each) => each.includes('new'))).toEqual(['p0: new p0']);
  const cost = movedLayers(
    { plan: full, images: [other, { ...one, packages: names }] },
    { plan: extended, images: [one, other] },
    small,
  );
  expect(cost.map(({ packages }) => packages)).toEqual([['new', 'p0']]);
});

test('what no image has any more keeps its place, for when it comes again', () => {
  const fewer = [{ ...run, packages: ['libc6', 'openssl', 'gem'] }];
  expect(layers(extendPlan(plan, fewer, facts))).toContain('emacs: emacs');
});

test('a plan without layers is made as a new one', () => {
  expect(extendPlan({ ...plan, layers: [] }, images, facts)).toEqual(plan);
});

test('a package of which nothing is known is said by name', () => {
  expect(() => extendPlan(plan, [{ name: 'run', packages: ['unknown'] }], facts)).toThrow(
    "there are no size and source of package 'unknown'",
  );
});

test('what is stored and sent: each layer once, and again in each month with an update', () => {
  const { stored, unshared, yearly, yearlyUnshared } = planCost({ plan, images }, facts);
  expect([stored, unshared].map((each) => each / MB)).toEqual([74, 45 + 74]);
  const months = (rate: number): number => 12 * (1 - Math.exp(-rate / 12));
  expect(yearly / MB).toBeCloseTo(3 * months(1) + 2 * months(4) + 20 * months(5), 6);
  expect(yearlyUnshared / MB).toBeCloseTo(45 * months(5) + 74 * months(10), 6);
});

test('a thousand packages of fifty images have a plan within the budget', () => {
  const packages = Array.from(
    { length: 1000 },
    (_, i) => [`p${i}`, [`s${i % 700}`, (i * 37) % 90, ((i % 700) * 7) % 9] as const] as const,
  );
  const many = Array.from({ length: 50 }, (_, image) => ({
    name: `image${image}`,
    packages: packages.filter((_p, i) => i % 3 === 0 || (i * 31 + image) % 17 < 4).map(([name]) => name),
  }));
  const made = freshPlan({ release: 'bookworm', images: many, facts: factsOf(Object.fromEntries(packages)) });
  expect(made.layers.length).toBeGreaterThan(40);
  expect(planProblems(made, many, 'the plan')).toEqual([]);
});
