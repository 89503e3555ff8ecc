import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildLegacy, legacyBuilt } from '../../cli/legacy-build';
import { readSettings } from '../../lib/settings/settings';

const settings = readSettings(join(__dirname, '../..'), 'tools');
const images = ['jdk17-sssd-web', 'jdk17-sssd-base'] as const;
const called =
  '--docker-registry docker-registry.svc.toolforge.org --image-prefix toolforge --tag latest --no-cache --push --single';

/** A checkout whose build.py notes how it is called. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), 'legacy-'));
  writeFileSync(join(folder, 'build.py'), 'import sys\nopen("called", "a").write(" ".join(sys.argv[1:]) + "\\n")\n');
  return folder;
}

test('build.py makes each image alone, by its own names, and what it is made from before it', () => {
  const said = jest.spyOn(console, 'error').mockImplementation();
  const folder = checkout();
  buildLegacy(settings, images, { legacy: folder, dryRun: false });
  expect(readFileSync(join(folder, 'called'), 'utf8')).toBe(`${called} jdk17-sssd/base\n${called} jdk17-sssd/web\n`);
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

test('the legacy repository builds what tools run of it: not what is gone, nor what ours have succeeded', () => {
  const legacy = legacyBuilt('tools', settings);
  expect(legacy).toHaveLength(47);
  // Its settings name no mirror.npm.
  expect(legacy.filter(({ isDeclared }) => !isDeclared).map(({ name }) => name)).toEqual(['node16-sssd-base', 'node16-sssd-web']);
  // Where all that is made is promoted, there is nobody whose tools run them.
  expect(legacyBuilt('tools', { ...settings, promotes: 'all', mirror: { ...settings.mirror, npm: 'http://npm.test' } })).toEqual(
    [],
  );
});
