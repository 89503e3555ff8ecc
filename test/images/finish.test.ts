import { IMAGE_SCRIPTS } from '../../lib/images/image-scripts';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from '../registry/fake-registry';

const script = IMAGE_SCRIPTS.finish;
const environment = {
  IMAGE: 'registry.test:5000/image:c-1-r2',
  LAYERS: 'registry.test:5000/image:c-1',
  DIGEST_RESULT: '/work/digest',
  MADE_RESULT: '/work/made',
};

const finish = (tags: Readonly<Record<string, string>>, work: Readonly<Record<string, string>> = {}) => {
  const registry = fakeRegistry(tags, { work });
  const { code } = registry.run(script, environment);
  return { code, tags: registry.tags(), digest: registry.written('digest'), made: registry.written('made') };
};

describeInside('when an image is made', () => {
  const made = { 'image:c-1-r2': digest('1') };

  test('its layers get a name of their own when they were built', () => {
    expect(finish(made)).toEqual({ code: 0, tags: { ...made, 'image:c-1': digest('1') }, digest: digest('1'), made: 'built' });
  });

  test('the name of the layers stays where it is when they were put on another run image', () => {
    const tags = { ...made, 'image:c-1': digest('0') };
    expect(finish(tags, { rebase: 'x' })).toEqual({ code: 0, tags, digest: digest('1'), made: 'rebased' });
  });

  test('what was found is handed on as it was found', () => {
    const tags = { ...made, 'image:c-1': digest('1') };
    expect(finish(tags, { found: digest('1') })).toEqual({ code: 0, tags, digest: digest('1'), made: 'found' });
  });

  test('what was found gets the name of its layers, should the run that made it not have come so far', () => {
    const tags = { ...made, 'image:c-1': digest('1') };
    expect(finish(made, { found: digest('1') })).toEqual({ code: 0, tags, digest: digest('1'), made: 'found' });
  });

  test('nothing is handed on when the export left nothing', () => {
    expect(finish({})).toMatchObject({ code: 1, digest: undefined, made: undefined });
  });
});
