import { baseOf, environmentOf, stacksOf, targetOf } from '../../../lib/buildpacks/stack/stack';
import { distro, language } from '../declarations';

test('a stack stands on another one, and that on a base', () => {
  expect(stacksOf(language)).toEqual([language, distro]);
  expect(baseOf(language)).toBe(distro.extends);
});

test('the release at the bottom decides the target', () => {
  expect(targetOf(language)).toEqual({ os: 'linux', arch: 'amd64', distro: { name: 'debian', version: '12' } });
  expect(targetOf({ ...distro, extends: { kind: 'debian', suite: 'trixie', packages: [] } }).distro.version).toBe('13');
});

test('the environment is that of all stacks, the upper one wins, and there is always a PATH', () => {
  expect(environmentOf(language)).toMatchObject({ PATH: expect.stringContaining('/usr/bin') as string, LC_ALL: 'C.UTF-8' });
  expect(environmentOf({ ...language, environment: { LC_ALL: 'x', TZ: 'UTC' } })).toMatchObject({ LC_ALL: 'x', TZ: 'UTC' });
  expect(environmentOf(distro)['HOME']).toBeUndefined();
});
