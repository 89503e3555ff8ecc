import { Base } from '../../../lib/buildpacks/base/base';
import { parsePlan } from '../../../lib/buildpacks/layers/layer-plan';
import { environmentOf, runParameters, stepsOf } from '../../tekton/manifests';
import { type Changes, distroProps, house, locked } from '../house';

const digest = `sha256:${'d'.repeat(64)}`;
/** All packages of the stacks on it, which a plan has to have, too. */
const distroAndLanguage = (): readonly string[] => {
  const { distro, language } = house();
  return [...new Set([...distro.buildPackages, ...language.buildPackages])].filter((each) => each !== 'ca-certificates');
};
const addressWith = (changes: Changes): string => house(changes).base.image.address;

test('a base of packages goes to its address; its run says of what it is, its task where that comes from', () => {
  const { base, manifests } = house();
  expect(base.image.reference).toBe(`registry.test/platform/distro:c-${base.image.address}`);
  expect(runParameters(manifests(), 'distro-base')).toEqual({
    image: base.image.reference,
    suite: 'bookworm',
    packages: 'ca-certificates',
    settings: '{"environment":{"PATH":"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},"labels":{},"user":""}',
    layers: '{"layers":[]}',
    lock: `ca-certificates 1.0-1 ${'a'.repeat(64)}`,
  });
  expect(environmentOf(manifests(), 'base-image')).toMatchObject({
    ...{ MIRROR: 'http://mirror/debian', SECURITY_MIRROR: 'http://mirror/security', VANISHED: 'refuse' },
  });
});

test('it has the layers of its plan, which are part of its address', () => {
  const plan = (name: string) =>
    parsePlan('bookworm', {
      release: 'bookworm',
      budget: 8,
      layers: [{ name, packages: ['ca-certificates', ...distroAndLanguage()].sort() }],
    });
  const params = runParameters(house({ base: { layers: plan('all') } }).manifests(), 'distro-base');
  expect((JSON.parse(params['layers'] ?? '') as { layers: unknown[] }).layers).toEqual([
    { name: 'all', packages: ['ca-certificates'], address: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
  ]);
  expect(addressWith({ base: { layers: plan('all') } })).not.toBe(addressWith({}));
  expect(addressWith({ base: { layers: plan('other') } })).not.toBe(addressWith({ base: { layers: plan('all') } }));
});

test('its address is that of its content', () => {
  expect(addressWith({ base: { packages: ['tzdata', 'ca-certificates'] } })).toBe(
    addressWith({ base: { packages: ['ca-certificates', 'tzdata'] } }),
  );
  expect(addressWith({ registry: { host: 'other.test', plainHttp: true } })).toBe(addressWith({}));
  expect(addressWith({ base: { packages: [] } })).not.toBe(addressWith({}));
  expect(addressWith({ base: { suite: 'trixie' } })).not.toBe(addressWith({}));
  expect(addressWith({ distro: { lock: { ...distroProps.lock, base: locked(['ca-certificates'], '2') } } })).not.toBe(
    addressWith({}),
  );
});

test('an image by digest is a base, and nothing is run for it', () => {
  const { chart, pipelines, manifests } = house();
  const before = manifests().length;
  const packages = ['ca-certificates'];
  const base = new Base(chart, 'image-base', {
    kind: 'image',
    suite: 'bookworm',
    packages,
    image: `registry.test/bookworm@${digest}`,
    pipelines,
  });
  expect(base.image.reference).toBe(`registry.test/bookworm@${digest}`);
  expect(base).toMatchObject({ lock: undefined, packages });
  expect(manifests()).toHaveLength(before);
  const moved = new Base(chart, 'mirrored', {
    kind: 'image',
    suite: 'bookworm',
    packages,
    image: `other.test/b@${digest}`,
    pipelines,
  });
  expect(moved.image.address).toBe(base.image.address);
});

test.each([
  'registry.test/bookworm:latest',
  `bookworm@${digest}`,
  'registry.test/bookworm@sha256:12',
  `registry.test/Bookworm@${digest}`,
])('%s is no base: only a digest in a registry is', (image) => {
  const { chart, pipelines } = house();
  const declare = () => new Base(chart, 'x', { kind: 'image', suite: 'bookworm', packages: [], image, pipelines });
  expect(declare).toThrow(`chart/x/image: '${image}' is no image by digest: expected <registry>/<repository>@sha256:`);
});

test('what is no name of a package is said at synth, with the path', () => {
  const { app } = house({ base: { packages: ['ca-certificates', 'Less', 'ca-certificates'] } });
  expect(() => app.synthesize()).toThrow(
    /chart\/base .*: 'Less' is not the name of a Debian package[^]*chart\/base .*: package 'ca-certificates' stands twice/,
  );
});

test('one step is root, and sees no credential', () => {
  const steps = stepsOf(house().manifests(), 'base-image');
  expect(steps.map(({ name, user, mounts }) => [name, user, mounts])).toEqual([
    ['pull', 65534, ['image', 'credentials', 'handed']],
    ['root-filesystem', 0, ['work']],
    ['assemble', 65534, ['work', 'image']],
    ['guard', 65534, ['image']],
    ['push', 65534, ['image', 'handed']],
  ]);
});
