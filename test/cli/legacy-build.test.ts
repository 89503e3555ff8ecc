import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLegacy, legacyBuilt } from '../../cli/legacy-build';
import { readSettings } from '../../lib/settings/settings';

const settings = readSettings(join(__dirname, '../..'), 'tools');
const images = ['mono68-sssd-base', 'jdk17-sssd-web'] as const;
const called = '--docker-registry docker-registry.svc.toolforge.org --image-prefix toolforge --tag latest --no-cache --push';

/** A checkout whose build.py notes how it is called. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'legacy-'));
  writeFileSync(join(folder, 'build.py'), 'import sys\nopen("called", "a").write(" ".join(sys.argv[1:]) + "\\n")\n');
  return folder;
}

test("images that nothing declares are built by the legacy repository's build.py, by its names of them", () => {
  const said = jest.spyOn(console, 'log').mockImplementation();
  const folder = checkout();
  buildLegacy(settings, images, { legacy: folder, dryRun: false });
  expect(readFileSync(join(folder, 'called'), 'utf8')).toBe(`${called} mono68-sssd/base\n${called} jdk17-sssd/web\n`);
  const dry = checkout();
  buildLegacy(settings, images, { legacy: dry, dryRun: true });
  expect(said).toHaveBeenLastCalledWith(`${dry}: python3 build.py ${called} jdk17-sssd/web`);
  expect(() => readFileSync(join(dry, 'called'))).toThrow('ENOENT');
  said.mockRestore();
});

test('without a checkout it says what is missing', () => {
  expect(() => {
    buildLegacy(settings, ['mono68-sssd-base'], { dryRun: true });
  }).toThrow(
    /^mono68-sssd-base: the legacy repository builds what nothing here declares; say --legacy <folder>, a checkout of https:/,
  );
  expect(() => {
    buildLegacy(settings, images, { legacy: tmpdir(), dryRun: true });
  }).toThrow('has no build.py');
});

test('what is gone, and what ours have succeeded, the legacy repository builds no more', () => {
  const names: readonly string[] = legacyBuilt('local', settings).map(({ name }) => name);
  for (const name of ['bullseye0-base', 'bullseye0-build', 'bullseye0-run', 'python311-sssd-web'])
    expect(names).not.toContain(name);
});
