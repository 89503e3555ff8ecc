import { join } from 'node:path';
import { readSettings } from '../../lib/settings/settings';
import { declareEnvironment } from '../../stacks/environment';
import { runParameters } from '../tekton/manifests';

const runs = declareEnvironment('local', readSettings(join(__dirname, '../..'), 'local'))
  .synthesize()
  .objects.filter(({ path }) => /^(bookworm|python311)\//.test(path))
  .map(({ manifest }) => manifest)
  .filter(({ kind }) => kind === 'PipelineRun');

test('the distro, then runtimes, the builder, the images', () => {
  // What the distro makes for others.
  const own = /^bookworm-(sssd|web-sssd|[a-z-]+-builder)$/;
  const made = runs.map(({ metadata }) => metadata.name.replace(/-[0-9a-f]{10}-1$/, ''));
  expect(made.filter((each) => !own.test(each))).toEqual([
    'bookworm-base',
    'bookworm-run-image',
    'bookworm-build-image',
    'bookworm-devel-run-image',
    'bookworm-python311-run-image',
    'bookworm-python311-build-image',
    'python-3-11-2-runtime',
    'uwsgi-2-0-21-runtime',
    'python311-builder',
    'python311-sssd-web',
    'python311-sssd-base',
  ]);
});

test('runtimes are built on the distro, the builder and the images on the stack of the language', () => {
  const imageOf = (run: string): string | undefined => runParameters(runs, run)['image'];
  expect(runParameters(runs, 'python-3-11-2-runtime')['build-image']).toBe(imageOf('bookworm-build-image'));
  expect(runParameters(runs, 'python311-builder')['build-image']).toBe(imageOf('bookworm-python311-build-image'));
  expect(runParameters(runs, 'python311-sssd-web')['run-image']).toBe(imageOf('bookworm-python311-run-image'));
});
