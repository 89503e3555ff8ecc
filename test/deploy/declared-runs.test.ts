import { join } from 'node:path';
import { declaredRunsOf } from '../../lib/deploy/declared-runs';
import { readSettings } from '../../lib/settings/settings';
import { synthesizeEnvironment } from '../../stacks/synthesize-environment';

const runs = declaredRunsOf(synthesizeEnvironment('local', readSettings(join(__dirname, '../..'), 'local')).objects);
const called = (path: string): string => path.replace(/^.*?\/(.+?)(\/run)?$/, '$1');
const of = (end: string) => runs.find(({ path }) => path.endsWith(end));

test('an image needs the run image under it and its builder, the latter only to be built', () => {
  const web = of('python311-sssd-web/run');
  expect(web?.needs.map(called)).toEqual(expect.arrayContaining(['bookworm-python311/run-image', 'python311/image']));
  expect(web?.needsToBuild.map(called)).toEqual(['python311/image']);
  expect(web?.layers).toMatch(/\/toolforge-python311-sssd-web:c-[0-9a-f]{16}$/);
  expect(web?.image).toMatch(/:c-[0-9a-f]{16}-r[0-9a-f]{16}$/);
  expect(web?.builder).toBe(runs.find(({ path }) => path === web?.needsToBuild[0])?.image);
});

test('a run image has no layers to be put elsewhere, and each run comes after what it needs', () => {
  expect(of('bookworm-python311/run-image')).not.toHaveProperty('layers');
  const paths = runs.map(({ path }) => path);
  for (const { path, needs } of runs) for (const each of needs) expect(paths.slice(0, paths.indexOf(path))).toContain(each);
});
