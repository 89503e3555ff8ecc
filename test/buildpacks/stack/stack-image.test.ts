import type { Stack } from '../../../lib/buildpacks/stack/stack';
import { buildImage, runImage } from '../../../lib/buildpacks/stack/stack-image';
import { distro, language, locked } from '../declarations';

const { lock } = distro;

test('the address of a run image does not depend on the order in which packages were declared', () => {
  expect(runImage(distro).address).toMatch(/^[0-9a-f]{16}$/);
  const reordered = { ...distro, packages: { ...distro.packages, run: ['less', 'curl'] } };
  expect(runImage(reordered).address).toBe(runImage(distro).address);
});

test.each<[string, Stack]>([
  ['a package', { ...distro, packages: { ...distro.packages, run: ['curl'] } }],
  ['the version of a package', { ...distro, lock: { ...lock, run: locked(['curl', 'less'], '2.0-1') } }],
  ['the version of a package of the base', { ...distro, lock: { ...lock, base: locked(['ca-certificates'], '2.0-1') } }],
  ['a file', { ...distro, files: {} }],
  ['a variable', { ...distro, environment: { LC_ALL: 'C.UTF-8', TZ: 'UTC' } }],
  ['a link', { ...distro, facade: { '/usr/bin/a': '/layers/a' } }],
  ['the name, which is a label', { ...distro, name: 'other' }],
])('the address of a run image, and of all that stands on it, changes with %s', (_, changed) => {
  expect(runImage(changed).address).not.toBe(runImage(distro).address);
  expect(buildImage(changed).address).not.toBe(buildImage(distro).address);
  expect(runImage({ ...language, extends: changed }).address).not.toBe(runImage(language).address);
});

test('what only the build image has changes only the build image', () => {
  const changed = { ...distro, lock: { ...lock, build: locked(['gcc'], '2.0-1') } };
  expect(runImage(changed).address).toBe(runImage(distro).address);
  expect(buildImage(changed).address).not.toBe(buildImage(distro).address);
  expect(runImage({ ...language, extends: changed }).address).toBe(runImage(language).address);
});

test('the run image can be rebased, belongs to nobody and sets no home', () => {
  const { settings } = runImage(distro);
  expect(settings.labels).toMatchObject({
    'io.buildpacks.rebasable': 'true',
    'io.buildpacks.base.distro.name': 'debian',
    'io.buildpacks.base.distro.version': '12',
  });
  expect(settings.user).toBe('65534:65534');
  expect(Object.keys(settings.environment)).toEqual(['PATH', 'LC_ALL']);
});

test('the build image says who builds, and that is another one than who runs', () => {
  const { settings } = buildImage(distro);
  const [{ uid } = { uid: 0 }] = settings.users;
  expect(settings.environment).toMatchObject({ CNB_USER_ID: String(uid), CNB_GROUP_ID: String(uid), LC_ALL: 'C.UTF-8' });
  expect(settings.user).toBe(`${uid}:${uid}`);
  expect(settings.user).not.toBe(runImage(distro).settings.user);
});

test('links are in the run image, and the build image stands on it', () => {
  expect(runImage(language).settings.links).toEqual(language.facade);
  expect(buildImage(language).settings).toMatchObject({ links: {}, files: {} });
});
