/** What must not compile. `npm test` type-checks this file: an @ts-expect-error without an error fails it. */
import { Base } from '../../lib/buildpacks/base/base';
import { Builder } from '../../lib/buildpacks/builder/builder';
import { Runtime } from '../../lib/buildpacks/runtime/runtime';
import { Stack } from '../../lib/buildpacks/stack/stack';
import { PlatformImage } from '../../lib/images/platform-image';
import type { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import * as parts from './house';
import { BUILDPACKS, distroProps, house, pythonProps } from './house';

test('wrong declarations do not compile', () => {
  const mustNotCompile = (): void => {
    const { chart, base, distro, python, builder, pipelines } = house();
    // @ts-expect-error a release that is none of Debian's that we know
    new Base(chart, 'a', { kind: 'debian', name: 'x', suite: 'sid', packages: [], lock: {}, pipelines });
    // @ts-expect-error an image has no lock: its packages are its maker's
    new Base(chart, 'b', { kind: 'image', suite: 'bookworm', packages: [], lock: {}, pipelines });
    // @ts-expect-error a stack stands on an object, not on a name
    new Stack(chart, 'c', { ...distroProps, extends: 'bookworm' });
    // @ts-expect-error a builder is nothing that a stack can stand on
    new Stack(chart, 'd', { ...distroProps, extends: builder });
    // @ts-expect-error without a lock, nobody knows which versions are meant
    new Stack(chart, 'e', { extends: base, packages: { run: [] } });
    // @ts-expect-error a base has no build image
    new Runtime(chart, 'f', { ...pythonProps, builtOn: base });
    const { source } = pythonProps.from;
    // @ts-expect-error a recipe by its name
    new Runtime(chart, 'g', { version: '1', builtOn: distro, from: { kind: 'source', recipe: 'perl', source } });
    // @ts-expect-error an archive is not compiled by a recipe
    new Runtime(chart, 'h', { version: '1', builtOn: distro, from: { kind: 'archive', recipe: pythonProps.from.recipe } });
    // @ts-expect-error buildpacks are objects, not ids
    new Builder(chart, 'i', { stack: distro, order: [['toolforge/python']] });
    // @ts-expect-error a runtime is no group
    new Builder(chart, 'j', { stack: distro, order: [BUILDPACKS], runtimes: [BUILDPACKS] });
    const pipeline = undefined as unknown as PlatformImagePipeline;
    // @ts-expect-error a part by its name
    new PlatformImage(chart, 'k', { pipeline, builder, parts: ['python'] });
    // @ts-expect-error a part whose version nobody says
    new PlatformImage(chart, 'k2', { pipeline, builder, parts: [parts.python] });
    // @ts-expect-error a version of another form
    new PlatformImage(chart, 'l', { pipeline, builder, parts: [parts.python.with({ version: '2.7' })] });
    // @ts-expect-error an option that there is not
    new PlatformImage(chart, 'l2', { pipeline, builder, parts: [parts.python.with({ version: '3.11', minor: '1' })] });
    // @ts-expect-error a type of server that there is not
    new PlatformImage(chart, 'l3', { pipeline, builder, parts: [parts.runner.with({ type: 'js' })] });
    // @ts-expect-error an option that is missing
    new PlatformImage(chart, 'l4', { pipeline, builder, parts: [parts.runner.with({})] });
    // @ts-expect-error a runtime builds no images
    new PlatformImage(chart, 'm', { pipeline, builder: python, parts: [] });
  };
  expect(mustNotCompile).toBeInstanceOf(Function);
});
