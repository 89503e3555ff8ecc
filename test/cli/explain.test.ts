import { explain, renderExplanation } from '../../cli/explain';
import { explanationOf } from '../../cli/explanation';
import { withAllFamilies } from '../../cli/images-of-the-way';
import { PlatformImage } from '../../lib/images/platform-image';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';

// What talks to Pulumi, which is not what these tests are about, and whose packages jest cannot read.
jest.mock('../../cli/pulumi-stack', () => ({ ROOT: `${__dirname}/../..` }));

const app = declareEnvironment('local', withAllFamilies(readSettings(`${__dirname}/../..`, 'local')));
const images = PlatformImage.allOf(app);
const web = images.find(({ name }) => name === 'python311-sssd-web');
if (web === undefined) throw new Error('python311-sssd-web is not declared');
const explanation = { ...explanationOf(web), isChosen: true, isPinned: false };

test('the run image from the bottom up, each with the address that the tag of its image has', () => {
  expect(explanation.runImage.map(({ what, name }) => `${what} ${name}`)).toEqual([
    ...['base bookworm', 'stack bookworm', 'stack bookworm-devel', 'stack bookworm-python311'],
  ]);
  expect(explanation.reference).toContain(`-r${explanation.runImage.at(-1)?.address ?? 'none'}`);
  expect(new Set(explanation.runImage.map(({ declaredIn }) => declaredIn))).toEqual(
    new Set(['stacks/bookworm.ts', 'stacks/python311.ts']),
  );
});

test('what decides its own layers: parts, their runtimes, the buildpacks that lay them, the lifecycle', () => {
  const names = explanation.ownLayers.map(({ what, name }) => `${what} ${name}`);
  expect(names).toEqual(expect.arrayContaining(['part python 3.11', 'runtime python 3.11.2', 'buildpack platform-image']));
  expect(names.at(-1)).toBe('lifecycle lifecycle');
  expect(explanation.madeWith).toEqual([expect.objectContaining({ what: 'builder', name: 'python311' })]);
});

test('a buildpack has the folder that it is read from', () => {
  const buildpacks = explanation.ownLayers.filter(({ what }) => what === 'buildpack');
  expect(buildpacks.map(({ name, declaredIn }) => `${name} ${declaredIn}`)).toEqual([
    ...['python languages/python/', 'uwsgi languages/uwsgi/', 'webservice-runner languages/webservice-runner/'],
    ...['webservice-python-bootstrap languages/python/bootstrap/', 'platform-image languages/platform-image/'],
  ]);
  expect(renderExplanation(explanation)).toMatch(/^buildpack {2}languages\/python\/bootstrap\/ +[0-9a-f]{16}$/m);
});

test('every image is explained within 80 columns, but for its reference', () => {
  for (const image of images) {
    const text = renderExplanation({ ...explanationOf(image), isChosen: false, isPinned: true });
    const lines = text.split('\n').filter((line) => line !== image.reference);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  }
});

test('each thing has its file, and is not called by two equal words', () => {
  const text = renderExplanation(explanation);
  expect(text).toMatch(/^stack {2}bookworm-python311 +[0-9a-f]{16} +stacks\/python311\.ts$/m);
  expect(text).toMatch(/^lifecycle +0\.\d+\.\d+ +Pulumi\.\*\.yaml$/m);
});

test('one that the settings leave out is said not to be made', () => {
  expect(renderExplanation({ ...explanation, isChosen: false })).toContain(
    '\nnot made here: the setting families leaves its family out\n',
  );
  expect(renderExplanation(explanation)).not.toContain('not made here');
});

test('of one that is pinned it is said that what is explained is not what is public', () => {
  expect(renderExplanation({ ...explanation, isPinned: true })).toContain('\npinned to what was public before (stacks/pins);');
});

test('one that is gone is answered with when and why, and none with what there is', () => {
  expect(() => {
    explain('local', 'python37-sssd-web', { json: false });
  }).toThrow("'python37-sssd-web' was retired in 2024-01-18: ");
  expect(() => {
    explain('local', 'toolforge-python312-sssd-web', { json: false });
  }).toThrow("there is no image 'toolforge-python312-sssd-web'; did you mean 'python311-sssd-web' or 'python313-sssd-web'?");
});
