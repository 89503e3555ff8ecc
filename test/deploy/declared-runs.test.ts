import { join } from 'node:path';
import { declaredRunsOf } from '../../lib/deploy/declared-runs';
import type { RunOfImage } from '../../lib/deploy/planned-runs';
import { readSettings } from '../../lib/settings/settings';
import { synthesizeEnvironment } from '../../stacks/synthesize-environment';

const runs = declaredRunsOf(synthesizeEnvironment('local', readSettings(join(__dirname, '../..'), 'local')).objects);
const called = (path: string): string => path.replace(/^.*?\/(.+?)(\/run)?$/, '$1');
const of = (end: string) => runs.find((each) => each.path.endsWith(end) && 'image' in each) as RunOfImage | undefined;

test('an image needs the run image under it and its builder, the latter only to be built', () => {
  const web = of('python311-sssd-web/run');
  expect(web?.needs.map(called)).toEqual(expect.arrayContaining(['bookworm-python311/run-image', 'python311/image']));
  expect(web?.needsToBuild.map(called)).toEqual(['python311/image']);
  expect(web?.layers).toMatch(/\/toolforge-python311-sssd-web:c-[0-9a-f]{16}$/);
  expect(web?.image).toMatch(/:c-[0-9a-f]{16}-r[0-9a-f]{16}$/);
  expect(runs.find(({ path }) => path === web?.needsToBuild[0])).toMatchObject({ image: web?.builder });
});

test('a run image has no layers to be put elsewhere, and each run comes after what it needs', () => {
  expect(of('bookworm-python311/run-image')).not.toHaveProperty('layers');
  const paths = runs.map(({ path }) => path);
  for (const { path, needs } of runs) for (const each of needs) expect(paths.slice(0, paths.indexOf(path))).toContain(each);
});

test('an image without a web server goes after its canary, in every family', () => {
  const settings = readSettings(join(__dirname, '../..'), 'local');
  const all = declaredRunsOf(synthesizeEnvironment('local', { ...settings, families: ['all'] }).objects);
  const paths = all.map(({ path }) => path);
  const canaries = all.flatMap((each) => ('canary' in each ? [[each.path, each.canary] as const] : []));
  expect(canaries.length).toBeGreaterThan(15);
  for (const [path, canary] of canaries) {
    expect(called(canary)).toBe(
      called(path)
        .replace(/-base$/, '-web')
        .replace(/^(\w+)-sssd$/, '$1-web-sssd'),
    );
    expect(paths.slice(0, paths.indexOf(path))).toContain(canary);
  }
});

test('what follows branches on a stack is rebased by one run, when the platform images there have passed on its run image', () => {
  const followed = runs.filter((each) => 'followed' in each);
  expect(followed).toEqual([
    expect.objectContaining({
      path: expect.stringMatching(/\/followed\/rebase-bookworm-python311\/?/) as string,
      run: expect.stringMatching(/^bookworm-python311-followed-[0-9a-f]{10}$/) as string,
      runImage: of('bookworm-python311/run-image')?.image,
      followed: ['registry.local:5000/tool-demo-one/hello:latest'],
    }),
  ]);
  expect(followed[0]?.needs.map(called)).toEqual(
    expect.arrayContaining(['bookworm-python311/run-image', 'python311-sssd-base', 'python311-sssd-web']),
  );
});

test('an image of a tool at a commit is a run like those of platform images', () => {
  expect(of('demo-two/hello/run')).toMatchObject({ public: 'registry.local:5000/tool-demo-two/hello:latest' });
});
