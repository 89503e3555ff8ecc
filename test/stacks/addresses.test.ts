import { join } from 'node:path';
import { readSettings, type Settings } from '../../lib/settings/settings';
import { IMAGE_ANNOTATION } from '../../lib/tekton/pipeline-run';
import { declareEnvironment } from '../../stacks/environment';

const root = join(__dirname, '../..');
const [local, tools] = [readSettings(root, 'local'), readSettings(root, 'tools')];

/** Repository and immutable tag of all that an environment makes, without the registry. */
const made = (settings: Settings): string[] =>
  declareEnvironment('test', settings)
    .synthesize()
    .objects.map(({ manifest }) => manifest.metadata.annotations?.[IMAGE_ANNOTATION])
    .filter((image) => image !== undefined)
    .map((image) => image.replace(/^[^/]+\//, ''));

test('every run makes something that is named by its address', () => {
  expect(made(local)).not.toEqual([]);
  for (const image of made(local)) expect(image).toMatch(/:c-[0-9a-f]{16}(-r[0-9a-f]{16})?$/);
});

test('registry, mirrors, toolbox, and what is done about vanished packages are in no address', () => {
  const { registry, mirror, toolbox, vanishedPackages, toolforge } = tools;
  // Those of the demo's tools are of local alone.
  const platforms = made(local).filter((image) => !image.startsWith('tool-'));
  expect(made({ ...local, registry, mirror, toolbox, vanishedPackages, toolforge })).toEqual(platforms);
});

test('the version of the lifecycle is in the addresses of builders and images, not where it is kept', () => {
  expect(made({ ...local, lifecycle: local.lifecycle.replace(/.*:/, 'registry.test/other-name:') })).toEqual(made(local));
  const other = made({ ...local, lifecycle: 'registry.test/lifecycle:0.21.17' });
  const named = (images: readonly string[]): string[] => images.map((image) => image.replace(/:.*/, ''));
  const changed = named(other.filter((image) => !made(local).includes(image)));
  expect(changed).toEqual(named(made(local)).filter((name) => /^(platform\/builders\/|toolforge-|tool-)/.test(name)));
  expect(changed.filter((name) => name.includes('python311'))).toEqual([
    'platform/builders/python311',
    'toolforge-python311-sssd-web',
    'toolforge-python311-sssd-base',
  ]);
});
