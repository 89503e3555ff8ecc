import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './checks';
import type { Requirement } from './requirement';
import { type CheckedRequirement, renderRequirements, REQUIREMENTS } from './requirements';
import { build, builder, buildpack, buildRun, certificates, composite, run } from './right';
import { VIOLATIONS } from './violations';

const root = join(__dirname, '../../..');
const page = join(root, 'docs/cnb-requirements.md');
const requirements = Object.entries<Requirement>(REQUIREMENTS);
const ids = Object.keys(VIOLATIONS) as CheckedRequirement[];

describe('what breaks no rule has no problem', () => {
  test.each([
    ['buildImageProblems', CHECKS.buildImageProblems(build)],
    ['runImageProblems', CHECKS.runImageProblems(run)],
    ['stackImagesProblems', CHECKS.stackImagesProblems({ build, run })],
    ['targetIdProblems', CHECKS.targetIdProblems(['org.toolforge.bookworm', 'org.toolforge.trixie'])],
    ['buildpackProblems', [buildpack, composite, certificates].flatMap(CHECKS.buildpackProblems)],
    ['builderProblems', CHECKS.builderProblems(builder)],
    ['runImageNameProblems', CHECKS.runImageNameProblems(builder.runImages)],
    ['buildConfigProblems', CHECKS.buildConfigProblems(builder.buildConfig ?? [])],
    ['buildRunProblems', CHECKS.buildRunProblems(buildRun)],
  ])('%s', (_, problems) => {
    expect(problems).toEqual([]);
  });
});

test.each(ids)('what breaks %s alone is one problem, which names the section', (id) => {
  const { held, section } = REQUIREMENTS[id];
  const check = CHECKS[held.check] as (broken: unknown) => readonly string[];
  const [broken, problem] = VIOLATIONS[id];
  expect(check(broken)).toEqual([expect.stringContaining(problem)]);
  expect(check(broken)[0]).toContain(`(${section})`);
});

test('every requirement that is checked has an example that breaks it, and every check a requirement', () => {
  const checked = requirements.flatMap(([id, { held }]) => ('check' in held ? [{ id, check: held.check }] : []));
  expect(checked.map(({ id }) => id).sort()).toEqual([...ids].sort());
  expect([...new Set(checked.map(({ check }) => check))].sort()).toEqual(Object.keys(CHECKS).sort());
});

test('what holds a requirement is there', () => {
  const files = requirements.flatMap(([, { held }]) => ('heldBy' in held ? [held.heldBy] : []));
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('docs/cnb-requirements.md is of these requirements; if not, run this with UPDATE=1', () => {
  if (process.env['UPDATE'] !== undefined) writeFileSync(page, renderRequirements());
  expect(readFileSync(page, 'utf8')).toBe(renderRequirements());
});
