/** The comparison on the real declarations. */
import { join } from 'node:path';
import { type DescribedObject, describeSynthesis, parseDistFile } from '../../lib/diff/described-object';
import { compareObjects } from '../../lib/diff/environment-difference';
import { imageOf } from '../../lib/diff/image-effects';
import { readSettings } from '../../lib/settings/settings';
import { renderEnvironment } from '../../lib/synth/dist';
import { declareEnvironment } from '../../stacks/environment';

const settings = readSettings(join(__dirname, '../..'), 'local');
const synthesis = declareEnvironment('local', settings).synthesize();
const declared = describeSynthesis(synthesis);

/** The declarations with other text in some of them; as synthesis does, a run that differs gets another hash. */
function edited(edit: (text: string, object: DescribedObject) => string): DescribedObject[] {
  return declared.map((object) => {
    const text = JSON.stringify(object.manifest);
    const now = edit(text, object);
    const renamed = now === text ? now : now.replace(/("name":"[^"]+-)[0-9a-f]{10}(-1")/, '$1ffffffffff$2');
    return { ...object, manifest: JSON.parse(renamed) as DescribedObject['manifest'] };
  });
}

const references = declared.flatMap(({ manifest }) => imageOf(manifest) ?? []);
/** The address of a run image, and the platform images on it. */
const [, runImageAddress = 'none'] = /python311-sssd-base:c-[0-9a-f]+-r([0-9a-f]+)/.exec(references.join(' ')) ?? [];
const onRunImage = references.filter((image) => image.endsWith(`-r${runImageAddress}`));

test('dist/ says what the declarations say', () => {
  const files = [...renderEnvironment(synthesis.charts)].flatMap(([name, text]) => parseDistFile(name, text));
  expect(files).toHaveLength(declared.length);
  expect(compareObjects(files, declared).objects).toEqual([]);
});

test('another version of a package in the run image: it is rebuilt, the platform images are rebased', () => {
  const to = edited((text, { manifest }) => {
    const moved = text.replaceAll(`-${runImageAddress}`, '-00000000').replaceAll(`-r${runImageAddress}`, '-r00000000');
    const isRunImage = imageOf(manifest)?.endsWith(`:c-${runImageAddress}`) ?? false;
    return isRunImage ? moved.replace(/(libsasl2-dev )\S+/, '$13.9.9') : moved;
  });
  const { objects, images } = compareObjects(declared, to);
  const effects = images.filter(({ effect }) => effect !== 'unchanged').map(({ path, effect }) => [path, effect]);
  const runImage = declared.find(({ manifest }) => imageOf(manifest)?.endsWith(`:c-${runImageAddress}`))?.path ?? '';
  expect(effects).toContainEqual([runImage, 'rebuilt']);
  expect(effects.filter(([, effect]) => effect === 'rebased')).toHaveLength(onRunImage.length);
  expect(onRunImage.length).toBeGreaterThan(1);
  const changes = objects.find(({ path }) => path === runImage)?.changes ?? [];
  expect(changes.find(({ kind }) => kind === 'packages')).toMatchObject({
    field: 'spec.params[lock].value',
    packages: [{ name: 'libsasl2-dev', to: '3.9.9' }],
  });
});

test('other layers of a platform image: it is rebuilt, the others are unchanged', () => {
  const [, repository, layers] = /\/([^/]+):c-([0-9a-f]+)-r/.exec(references.join(' ')) ?? [];
  const to = edited((text) => text.replaceAll(`${repository}:c-${layers}`, `${repository}:c-00000000`));
  const { images } = compareObjects(declared, to);
  expect(images.filter(({ effect }) => effect !== 'unchanged')).toMatchObject([{ effect: 'rebuilt' }]);
});

test('a setting that no address depends on: other runs, which find their images', () => {
  const other = settings.vanishedPackages === 'refuse' ? 'substitute' : 'refuse';
  const to = describeSynthesis(declareEnvironment('local', { ...settings, vanishedPackages: other }).synthesize());
  const { objects, images } = compareObjects(declared, to);
  expect(new Set(images.map(({ effect }) => effect))).toEqual(new Set(['found', 'unchanged']));
  expect(new Set(objects.flatMap(({ changes }) => changes.map(({ field }) => field)))).toEqual(
    new Set(['spec.stepTemplate.env[VANISHED].value']),
  );
});
