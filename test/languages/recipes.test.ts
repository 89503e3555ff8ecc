import { languages, recipesOf } from '../../languages/languages';
import { python39Recipe, pythonRecipe } from '../../languages/python/recipe';
import { uwsgiRecipe } from '../../languages/uwsgi/recipe';
import { runtimeNeeds } from '../../lib/buildpacks/runtime/recipe';
import type { Suite } from '../../lib/buildpacks/target';

const recipes = recipesOf(languages);

test.each(recipes.flatMap((recipe) => Object.keys(recipe.needs ?? {}).map((suite) => [recipe.name, suite, recipe] as const)))(
  'packages that %s needs on %s stand once, in order',
  (_, suite, recipe) => {
    const { build, run } = runtimeNeeds(recipe, { suite: suite as Suite });
    for (const names of [build, run]) expect(names).toEqual([...new Set(names)].sort());
  },
);

test('libraries are called as the release calls them', () => {
  expect(runtimeNeeds(pythonRecipe, { suite: 'bookworm' }).run).toEqual(
    expect.arrayContaining(['libssl3', 'libnsl2', 'libreadline8']),
  );
  expect(runtimeNeeds(pythonRecipe, { suite: 'trixie' }).run).toEqual(expect.arrayContaining(['libssl3t64', 'libreadline8t64']));
  expect(runtimeNeeds(pythonRecipe, { suite: 'trixie' }).run).not.toContain('libnsl2');
  expect(runtimeNeeds(uwsgiRecipe, { suite: 'trixie' })).toMatchObject({
    build: expect.arrayContaining(['libpcre2-dev']) as unknown,
    run: expect.arrayContaining(['libpcre2-8-0']) as unknown,
  });
});

test('what is built as nobody gives up at the first failure', () => {
  for (const { script } of recipes) expect(script).toMatch(/^#!\/bin\/bash\n(#.*\n)+set -euo pipefail\n/);
});

test('Python 3.9 is compiled as the others are, but for the one test that its own Debian cannot pass', () => {
  const words = (text: string) => text.split(/\s+/);
  const left = words(pythonRecipe.script).filter((word) => !words(python39Recipe.script).includes(word));
  expect(left).toEqual(['test_venv']);
});
