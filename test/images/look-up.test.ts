import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from '../registry/fake-registry';

const script = IMAGE_SCRIPTS.lookUp;
const environment = {
  IMAGE: 'registry.test:5000/image:c-1-r2',
  LAYERS: 'registry.test:5000/image:c-1',
  RUN_IMAGE: 'registry.test:5000/run:c-2',
  REPOSITORY: 'registry.test:5000/image',
  TAGS: 'testing latest',
  BEFORE_RESULT: '/work/before',
};
const run = { 'run:c-2': digest('2') };

const decide = (tags: Readonly<Record<string, string>>) => {
  const registry = fakeRegistry(tags);
  const { code, stderr } = registry.run(script, environment);
  const written = (file: string): string | undefined => registry.written(file);
  return { code, stderr, found: written('found'), runImage: written('run-image'), rebase: written('rebase') };
};
const runImage = `registry.test:5000/run@${digest('2')}`;

describeInside('what is to be done for an image', () => {
  test('nothing, when the registry has it', () => {
    expect(decide({ ...run, 'image:c-1-r2': digest('1') })).toMatchObject({ code: 0, found: digest('1'), rebase: undefined });
  });

  test('what is public when the run begins is noted, tag by tag', () => {
    const registry = fakeRegistry({ ...run, 'image:latest': digest('7') });
    expect(registry.run(script, environment).code).toBe(0);
    expect(registry.written('before')).toBe(`testing= latest=${digest('7')} `);
  });

  test('a rebase, when it has the layers on another run image; both are named by digest', () => {
    expect(decide({ ...run, 'image:c-1': digest('3') })).toEqual({
      code: 0,
      stderr: '',
      found: undefined,
      runImage,
      rebase: `registry.test:5000/image@${digest('3')}`,
    });
  });

  test('a build, when it has neither', () => {
    expect(decide(run)).toEqual({ code: 0, stderr: '', found: undefined, runImage, rebase: undefined });
  });

  test('a build on a run image that somebody else has made, and which is named by its digest', () => {
    const registry = fakeRegistry({});
    expect(registry.run(script, { ...environment, RUN_IMAGE: runImage })).toMatchObject({ code: 0, stderr: '' });
    expect(registry.written('run-image')).toBe(runImage);
  });

  test.each([
    ['for the image', { ...run, 'image:c-1-r2': 'unauthorized: authentication required' }],
    ['for the layers', { ...run, 'image:c-1': 'denied: requested access to the resource is denied' }],
  ])('nothing is built when the registry refuses to answer %s; the setting is named', (_, tags) => {
    const { code, stderr, rebase } = decide(tags);
    expect([code, rebase]).toEqual([1, undefined]);
    expect(stderr).toContain("give the registry's credentials: pushSecret in the environment's settings");
  });

  test('nothing is built when the registry cannot be reached', () => {
    expect(decide({ ...run, 'image:c-1-r2': 'connection refused' })).toMatchObject({ code: 1, stderr: 'connection refused\n' });
  });

  test('nothing is built without a run image', () => {
    expect(decide({})).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the run image registry.test:5000/run:c-2 is not in the registry') as string,
    });
  });
});
