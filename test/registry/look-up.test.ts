import { REGISTRY_SCRIPTS } from '../../lib/registry/registry-scripts';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from './fake-registry';

const script = REGISTRY_SCRIPTS.lookUp;
const environment = {
  IMAGE: 'registry.test:5000/image:c-1-r2',
  LAYERS: 'registry.test:5000/image:c-1',
  RUN_IMAGE: 'registry.test:5000/run:c-2',
  BUILDER: 'registry.test:5000/builder:c-5',
  REPOSITORY: 'registry.test:5000/image',
  TAGS: 'testing latest',
  MADE_RESULT: '/work/made',
  DIGEST_RESULT: '/work/digest',
  RUN_IMAGE_RESULT: '/work/run-image',
  LAYERS_RESULT: '/work/layers',
  BEFORE_RESULT: '/work/before',
};
const runImage = `registry.test:5000/run@${digest('2')}`;
const run = { 'run:c-2': digest('2'), 'builder:c-5': digest('5') };

const decide = (tags: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
  const registry = fakeRegistry(tags);
  const { code, stderr } = registry.run(script, { ...environment, ...more });
  const results = ['made', 'digest', 'run-image', 'layers'].map((result) => registry.written(result));
  return { code, stderr, results, before: registry.written('before'), tags: registry.tags() };
};

describeInside('what is to be done for an image', () => {
  test('nothing, when the registry has it', () => {
    const tags = { ...run, 'image:c-1-r2': digest('1'), 'image:c-1': digest('1') };
    expect(decide(tags)).toMatchObject({ code: 0, results: ['found', digest('1'), '', ''], tags });
  });

  test('what was found gets the name of its layers, should the run that made it not have come so far', () => {
    const tags = { ...run, 'image:c-1-r2': digest('1') };
    expect(decide(tags)).toMatchObject({ code: 0, tags: { ...tags, 'image:c-1': digest('1') } });
  });

  test('the name of the layers stays where it is', () => {
    const tags = { ...run, 'image:c-1-r2': digest('1'), 'image:c-1': digest('0') };
    expect(decide(tags)).toMatchObject({ code: 0, tags });
  });

  test('what is public when the run begins is noted, tag by tag', () => {
    expect(decide({ ...run, 'image:latest': digest('7') }).before).toBe(`testing= latest=${digest('7')}`);
  });

  test('a rebase, when it has the layers on another run image; both are named by digest', () => {
    expect(decide({ ...run, 'image:c-1': digest('3') })).toMatchObject({
      code: 0,
      stderr: '',
      results: ['rebased', '', runImage, `registry.test:5000/image@${digest('3')}`],
    });
  });

  test('a build, when it has neither', () => {
    expect(decide(run)).toMatchObject({ code: 0, stderr: '', results: ['built', '', runImage, ''] });
  });

  test('no build without the builder, which may still be made: it says so at once, and what to do', () => {
    const { code, stderr, results } = decide({ 'run:c-2': digest('2') });
    expect([code, results[0]]).toEqual([1, undefined]);
    expect(stderr).toContain(
      'nor is the builder yet, registry.test:5000/builder:c-5; make them with: csb rebuild <image>, or --all',
    );
  });

  test('a registry that does not answer for the builder is no builder that is missing', () => {
    const { code, stderr, results } = decide({ ...run, 'builder:c-5': 'service unavailable' });
    expect([code, results[0], stderr]).toEqual([1, undefined, 'service unavailable\n']);
  });

  test('a rebase needs no builder', () => {
    expect(decide({ 'run:c-2': digest('2'), 'image:c-1': digest('3') }).results[0]).toBe('rebased');
  });

  test('a build on a run image that somebody else has made, and which is named by its digest', () => {
    expect(decide({ 'builder:c-5': digest('5') }, { RUN_IMAGE: runImage })).toMatchObject({
      code: 0,
      results: ['built', '', runImage, ''],
    });
  });

  test('a build of what has no run image, and no layers of its own', () => {
    const alone = { LAYERS: '', RUN_IMAGE: '', TAGS: '', REPOSITORY: '' };
    expect(decide({}, alone)).toMatchObject({ code: 0, results: ['built', '', '', ''], before: '' });
  });

  test.each([
    ['for the image', 'image:c-1-r2', 'unauthorized: authentication required'],
    ['for the layers', 'image:c-1', 'denied: requested access to the resource is denied'],
  ])('nothing is built when the registry refuses to answer %s', (_, tag, answer) => {
    const { code, stderr, results } = decide({ ...run, [tag]: answer });
    expect([code, results]).toEqual([1, [undefined, '', '', '']]);
    expect(stderr).toBe(`${answer}\n`);
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
