import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from '../registry/fake-registry';

const script = readFileSync(join(__dirname, '../../lib/images/steps/finish.sh'), 'utf8');
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
    expect(finish({}, { found: digest('2') })).toMatchObject({ code: 0, tags: {}, digest: digest('2'), made: 'found' });
  });

  test('nothing is handed on when the export left nothing', () => {
    expect(finish({})).toMatchObject({ code: 1, digest: undefined, made: undefined });
  });
});
