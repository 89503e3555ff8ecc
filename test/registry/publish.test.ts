import { REGISTRY_SCRIPTS } from '../../lib/registry/registry-scripts';
import { describeInside } from '../buildpacks/shell/namespace';
import { digest, fakeRegistry } from './fake-registry';

const [before, built] = [digest('1'), digest('2')];
const environment = {
  REPOSITORY: 'registry.test/image',
  IMAGE: 'registry.test/image:c-1-r2',
  TAGS: 'latest',
  BEFORE: `latest=${before} `,
  PROMOTED_RESULT: '/work/promoted',
  DIGEST_RESULT: '/work/digest',
};
const image = { 'image:c-1-r2': built };

describeInside('publication', () => {
  test('needs no attestation, and keeps what was public before', () => {
    const registry = fakeRegistry({ ...image, 'image:latest': before });
    expect(registry.run(REGISTRY_SCRIPTS.publish, environment)).toMatchObject({ code: 0, stderr: '' });
    expect(registry.tags()).toEqual({ ...image, 'image:latest': built, 'image:was-latest-111111111111': before });
    expect([registry.written('promoted'), registry.written('digest')]).toEqual(['latest', built]);
  });

  test('of a run that was overtaken moves no tag', () => {
    const tags = { ...image, 'image:latest': digest('3') };
    const registry = fakeRegistry(tags);
    const { code, stderr } = registry.run(REGISTRY_SCRIPTS.publish, environment);
    expect([code, stderr]).toEqual([1, expect.stringContaining('another run was quicker; no tag is moved')]);
    expect(registry.tags()).toEqual(tags);
  });

  test('of what is not in the registry moves no tag', () => {
    const registry = fakeRegistry({ 'image:latest': before });
    const { code, stderr } = registry.run(REGISTRY_SCRIPTS.publish, environment);
    expect([code, stderr]).toEqual([1, expect.stringContaining('registry.test/image:c-1-r2 is not in the registry')]);
    expect(registry.tags()).toEqual({ 'image:latest': before });
  });
});
