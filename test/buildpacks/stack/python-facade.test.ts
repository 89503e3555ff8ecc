import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pythonFacade } from '../../../lib/buildpacks/stack/python-facade';
import { house } from '../house';

const facade = Object.entries(pythonFacade('3.11'));

test('virtual environments, scripts and compilers find what they look for', () => {
  expect(facade.map(([path]) => path)).toEqual(
    expect.arrayContaining([
      '/usr/bin/python3',
      '/usr/bin/python3.11',
      '/usr/lib/python3.11',
      '/usr/include/python3.11',
      '/usr/bin/uwsgi',
      '/usr/bin/webservice-runner',
      '/usr/local/bin/webservice-python-bootstrap',
    ]),
  );
});

test.each(facade)('%s leads into the layer of a buildpack that there is', (path, target) => {
  expect(path).toMatch(/^\/usr\//);
  const [, buildpack = ''] = /^\/layers\/toolforge_([^/]+)\/\1\/[^/]/.exec(target) ?? [];
  expect(existsSync(join(__dirname, '../../../buildpacks', buildpack, 'buildpack.toml'))).toBe(true);
});

test('runtimes are where the links lead', () => {
  const targets = facade.map(([, target]) => target);
  const { python, uwsgi } = house();
  expect(targets).toContain(`${python.prefix}/bin/python3`);
  expect(targets).toContain(`${uwsgi.prefix}/bin/uwsgi`);
});

test('links and targets are those of one minor version', () => {
  expect(JSON.stringify(pythonFacade('3.13'))).not.toContain('3.11');
});
