import type { ImageLayer } from '../../../lib/buildpacks/layers/image-layers';
import { emptyPlan, parsePlan } from '../../../lib/buildpacks/layers/layer-plan';
import { Stack, type StackProps } from '../../../lib/buildpacks/stack/stack';
import { environmentOf, runParameters, stepsOf } from '../../tekton/manifests';
import { type Changes, distroProps, house, languageProps, locked } from '../house';

const { lock } = distroProps;
interface ImageSettings {
  readonly labels: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly links: object;
  readonly files: object;
  readonly users: readonly { readonly uid: number }[];
  readonly user: string;
  readonly packages: readonly string[];
}
const settingsOf = (run: string, changes: Changes = {}): ImageSettings =>
  JSON.parse(runParameters(house(changes).manifests(), run)['settings'] ?? '') as ImageSettings;

describe('what a stack stands on', () => {
  test('decides target and pipelines', () => {
    const { base, distro, language } = house();
    expect(language.target).toEqual({ os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } });
    expect(house({ base: { suite: 'trixie' } }).language.target.distro.version).toBe('13');
    expect([distro.pipelines, language.pipelines]).toEqual([base.pipelines, base.pipelines]);
  });

  test('gives it an environment, in which the upper stack wins, and there is always a PATH', () => {
    expect(house().language.environment).toMatchObject({
      PATH: expect.stringContaining('/usr/bin') as string,
      LC_ALL: 'C.UTF-8',
    });
    expect(house({ language: { environment: { LC_ALL: 'x', TZ: 'UTC' } } }).language.environment).toMatchObject({
      LC_ALL: 'x',
      TZ: 'UTC',
    });
    expect(house().distro.environment['HOME']).toBeUndefined();
  });

  test('is made before, and is the parent', () => {
    const { base, distro, language, manifests } = house();
    expect(runParameters(manifests(), 'distro-run-image')['parent']).toBe(base.image.reference);
    expect(runParameters(manifests(), 'distro-build-image')['parent']).toBe(distro.runImage.reference);
    expect(runParameters(manifests(), 'language-run-image')['parent']).toBe(distro.runImage.reference);
    expect(distro.runImage.node.dependencies).toContain(base.image);
    expect(language.runImage.node.dependencies).toContain(distro.runImage);
  });

  test('allOf() finds stacks in the order in which one extends another', () => {
    expect(Stack.allOf(house().app).map(({ name }) => name)).toEqual(['distro', 'language']);
  });
});

describe('addresses', () => {
  const addressesWith = (changes: Changes) => {
    const { distro, language } = house(changes);
    return { run: distro.runImage.address, build: distro.buildImage.address, above: language.runImage.address };
  };
  const before = addressesWith({});
  const distro = (changed: Partial<StackProps>): Changes => ({ distro: { ...distroProps, ...changed } });

  test('do not depend on the order in which packages were declared', () => {
    expect(before.run).toMatch(/^[0-9a-f]{16}$/);
    expect(addressesWith(distro({ packages: { run: ['less', 'curl'], build: ['gcc'] } }))).toEqual(before);
  });

  test.each<[string, Changes]>([
    ['a package', distro({ packages: { run: ['curl'], build: ['gcc'] } })],
    ['the version of a package', distro({ lock: { ...lock, run: locked(['curl', 'less'], '2.0-1') } })],
    ['the version of a package of the base', distro({ lock: { ...lock, base: locked(['ca-certificates'], '2.0-1') } })],
    ['a file', distro({ files: {} })],
    ['a variable', distro({ environment: { LC_ALL: 'C.UTF-8', TZ: 'UTC' } })],
    ['a link', distro({ facade: { '/usr/bin/a': '/layers/a' } })],
    ['the user', distro({ user: 1234 })],
    ['the name, which is a label', { names: { distro: 'other' } }],
  ])('of a run image, and of all that stands on it, change with %s', (_, changes) => {
    const after = addressesWith(changes);
    expect(after.run).not.toBe(before.run);
    expect(after.build).not.toBe(before.build);
    expect(after.above).not.toBe(before.above);
  });

  test('of run images do not change with what only the build image has', () => {
    const after = addressesWith(distro({ lock: { ...lock, build: locked(['gcc'], '2.0-1') } }));
    expect(after).toEqual({ ...before, build: after.build });
    expect(after.build).not.toBe(before.build);
  });
});

describe('images', () => {
  test('the run image can be rebased, belongs to nobody and sets no home', () => {
    const { labels, user, environment } = settingsOf('distro-run-image');
    expect(labels).toMatchObject({
      'io.buildpacks.rebasable': 'true',
      'io.buildpacks.base.distro.name': 'debian',
      'io.buildpacks.base.distro.version': '12',
    });
    expect(user).toBe('65534:65534');
    expect(Object.keys(environment)).toEqual(['PATH', 'LC_ALL']);
    expect(settingsOf('distro-run-image', { distro: { user: 2000 } }).user).toBe('2000:2000');
  });

  test('the build image says who builds, and that is another one than who runs', () => {
    const { users, environment, user } = settingsOf('distro-build-image');
    const [{ uid } = { uid: 0 }] = users;
    expect(environment).toMatchObject({ CNB_USER_ID: String(uid), CNB_GROUP_ID: String(uid), LC_ALL: 'C.UTF-8' });
    expect(user).toBe(`${uid}:${uid}`);
    expect(user).not.toBe(settingsOf('distro-run-image').user);
  });

  test('links are in the run image, and the build image stands on it', () => {
    expect(settingsOf('language-run-image').links).toEqual(languageProps.facade);
    expect(settingsOf('language-build-image')).toMatchObject({ links: {}, files: {} });
  });

  test('a run is told by its parameters what its image is made of; what all images have in common, its task says', () => {
    const params = runParameters(house().manifests(), 'distro-run-image');
    expect(JSON.parse(params['settings'] ?? '')).toMatchObject({ packages: ['curl', 'less'], files: distroProps.files });
    expect(params['lock']).toBe(['curl', 'less', 'tzdata'].map((name) => `${name} 1.0-1 ${'a'.repeat(64)}`).join('\n'));
    expect(Object.keys(params).sort()).toEqual(['image', 'layers', 'lock', 'parent', 'settings', 'suite']);
    expect(environmentOf(house().manifests(), 'stack-image')).toMatchObject({
      MIRROR: 'http://mirror/debian',
      VANISHED: 'refuse',
    });
  });

  test('an image has the layers of the plan below it, each with the address of its versions; what the plan lacks is said', () => {
    const plan = (...packages: readonly string[]) =>
      parsePlan('bookworm', { release: 'bookworm', budget: 8, layers: [{ name: 'all', packages: [...packages].sort() }] });
    const { distro, language } = house();
    const all = [...new Set([...distro.buildPackages, ...language.buildPackages])];
    const params = runParameters(house({ base: { layers: plan(...all) } }).manifests(), 'distro-run-image');
    expect((JSON.parse(params['layers'] ?? '') as { layers: ImageLayer[] }).layers).toEqual([
      { name: 'all', packages: [...distro.runPackages].sort(), address: expect.stringMatching(/^[0-9a-f]{16}$/) as string },
    ]);
    expect(() => house({ base: { layers: plan(...all.filter((each) => each !== 'curl')) } }).app.synthesize()).toThrow(
      /distro .*: the layer plan of bookworm: package 'curl' of distro-build and 1 more image is in no layer; .* plan-layers bookworm/,
    );
    expect(() => house({ base: { layers: emptyPlan('bookworm') } }).app.synthesize()).toThrow(/bookworm has no layer plan/);
  });

  test('what the specification forbids is said at synth, with its section', () => {
    const declare = (user: number) => () => house({ distro: { ...distroProps, user } }).app.synthesize();
    expect(declare(61312)).toThrow(/the run image's user is '61312:61312'; expected another uid than that of builds/);
    expect(() => house({ distro: { ...distroProps, environment: { PATH: 'bin' } } }).app.synthesize()).toThrow(
      /the run image's PATH is 'bin'; expected absolute folders .* \(platform 0\.15, "Run Image"\)/,
    );
  });

  test('packages are installed in the parent, as root, by the one step that sees no credential and no toolbox', () => {
    const steps = stepsOf(house().manifests(), 'stack-image');
    expect(steps.map(({ name, image, user, mounts }) => [name, image, user, mounts])).toEqual([
      ['pull', 'registry.test/toolbox:1', 65534, ['image', 'credentials', 'handed']],
      ['prepare', 'registry.test/toolbox:1', 65534, ['work']],
      ['install', '$(params.parent)', 0, ['work']],
      ['assemble', 'registry.test/toolbox:1', 65534, ['work', 'image']],
      ['guard', 'registry.test/toolbox:1', 65534, ['image']],
      ['push', 'registry.test/toolbox:1', 65534, ['image', 'handed']],
    ]);
  });
});
