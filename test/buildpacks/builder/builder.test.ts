import { parse } from 'smol-toml';
import { type Builder, builderAddress, builderMetadata, orderToml, runToml } from '../../../lib/buildpacks/builder/builder';
import { builder, buildpack, distro, language, locked, python } from '../declarations';

const lifecycle = 'registry.test/lifecycle:0.20.11';

test('in the order, all buildpacks but the last are optional', () => {
  expect(parse(orderToml(builder))).toEqual({
    order: [
      {
        group: [
          { id: 'toolforge/python', version: '1.2.3', optional: true },
          { id: 'toolforge/uwsgi', version: '1.2.3', optional: true },
          { id: 'toolforge/webservice-runner', version: '1.2.3', optional: true },
          { id: 'toolforge/platform-image', version: '1.2.3' },
        ],
      },
    ],
  });
});

test('the run image is named without a tag, so that a rebase onto a later one is allowed', () => {
  const repository = 'registry.test/platform/language-run';
  expect(parse(runToml(repository))).toEqual({ images: [{ image: repository }] });
  expect(JSON.parse(builderMetadata(builder, repository))).toMatchObject({
    buildpacks: builder.buildpacks.map(({ id, version }) => ({ id, version })),
    images: [{ image: repository }],
  });
});

test.each<[string, Builder]>([
  ['a file of a buildpack', { ...builder, buildpacks: [buildpack('python', 'other'), ...builder.buildpacks.slice(1)] }],
  ['the order of buildpacks', { ...builder, buildpacks: [...builder.buildpacks].reverse() }],
  ['a runtime', { ...builder, runtimes: [{ ...python, version: '3.11.3' }] }],
  ['a package of its build image', { ...builder, stack: { ...language, lock: { ...language.lock, build: locked(['gdb']) } } }],
  [
    'a package of a stack below',
    { ...builder, stack: { ...language, extends: { ...distro, lock: { ...distro.lock, run: {} } } } },
  ],
])('the address changes with %s', (_, changed) => {
  expect(builderAddress(changed, lifecycle)).not.toBe(builderAddress(builder, lifecycle));
});

test('the address changes with the lifecycle, and with nothing that is not in the builder', () => {
  expect(builderAddress(builder, 'registry.test/lifecycle:0.21.0')).not.toBe(builderAddress(builder, lifecycle));
  expect(builderAddress({ ...builder, name: 'renamed' }, lifecycle)).toBe(builderAddress(builder, lifecycle));
});
