import { join } from 'node:path';
import { PlatformImage } from '../../lib/images/platform-image';
import { readSettings } from '../../lib/settings/settings';
import { chosenFamilies } from '../../stacks/chosen-families';
import { declareEnvironment } from '../../stacks/environment';
import { familyOf, knownFamilies } from '../../stacks/families';

const settings = readSettings(join(__dirname, '../..'), 'local');
const names = ['bookworm', 'python311', 'perl536'];
const known = names.map((name) => ({ name, reads: undefined }));
const chosen = (families: string[], demo = false) =>
  chosenFamilies('mine', { ...settings, families, toolforge: { ...settings.toolforge, demo } }, known);

test('are all, or those that are named, in the order of their declaration', () => {
  expect(chosen(['all'])).toEqual(names);
  expect(chosen(['perl536', 'bookworm'])).toEqual(['bookworm', 'perl536']);
});

describe('where the settings name no registry of npm packages', () => {
  const { debian, security } = settings.mirror;
  const toolforge = { ...settings.toolforge, demo: false };
  const without = { ...settings, toolforge, families: ['all'], mirror: { debian, security } };
  const reading = knownFamilies.filter(({ reads }) => reads === 'npm').map(({ name }) => name);

  test('all are without those that read one', () => {
    expect(reading).toEqual(['node16']);
    const names = knownFamilies.map(({ name }) => name).filter((each) => !reading.includes(each));
    expect(chosenFamilies('mine', without, knownFamilies)).toEqual(names);
    expect(() => declareEnvironment('local', without, {}).synthesize()).not.toThrow();
  });

  test.each(reading)('%s can be named, and synthesis says what is missing', (name) => {
    expect(() => declareEnvironment('local', { ...without, families: [name] }, {}).synthesize()).toThrow(
      'is a package of npm, and the settings name no registry that builds may read',
    );
  });
});

test('a name that no family has is said, with the one that was meant', () => {
  expect(() => chosen(['pyton311', 'cobol'])).toThrow(
    "Pulumi.mine.yaml cannot be used:\n  - cloud-services-buildpacks:families: found 'pyton311'; did you mean 'python311'?\n" +
      "  - cloud-services-buildpacks:families: found 'cobol'; there are bookworm, perl536, python311",
  );
});

test("the demo's family cannot be left out", () => {
  expect(() => chosen(['bookworm'], true)).toThrow(
    "cloud-services-buildpacks:families: found [bookworm], expected python311 among them: its image serves the demo's tools; add it, or " +
      'set toolforge.demo: false',
  );
  expect(chosen(['all'], true)).toEqual(names);
});

test('what no family of an environment needs is not declared', () => {
  const toolforge = { ...settings.toolforge, demo: false };
  const app = declareEnvironment('local', { ...settings, toolforge, families: ['bookworm'] }, {});
  expect(PlatformImage.allOf(app).map(({ name }) => name)).toEqual(['bookworm-web-sssd', 'bookworm-sssd']);
  const runs = app.synthesize().objects.filter(({ manifest }) => manifest.kind === 'PipelineRun');
  expect(runs.map(({ manifest }) => manifest.metadata.name.replace(/-[0-9a-f]{10}-1$/, ''))).toEqual([
    ...['bookworm-base', 'bookworm-run-image', 'bookworm-build-image', 'bookworm-generic-builder'],
    ...['bookworm-web-sssd', 'bookworm-sssd'],
  ]);
});

test.each([
  ['python311-sssd-web', 'python311'],
  ['bullseye-standalone', 'standalone'],
  ['bookworm-web-sssd', 'bookworm'],
  ['perl532-sssd-base', 'perl532'],
  ['golang111-sssd-web', undefined],
])('%s is an image of the family %s', (image, family) => {
  expect(familyOf(image)?.name).toBe(family);
});
