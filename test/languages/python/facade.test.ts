import { partsOf } from '../../../languages/language';
import { python } from '../../../languages/python/language';
import { pythonFacade } from '../../../languages/python/facade';
import type { Facade } from '../../../lib/buildpacks/stack/facade';
import { house } from '../../buildpacks/house';
import { OURS } from '../shell/buildpack';

const facade = partsOf(python.at('3.11')).flatMap((part) => Object.entries<Facade[string]>(part.facade));

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

/** Where an entry leads: what a link leads to, and the library of a program. */
const leads = facade.map(([path, entry]) => [path, typeof entry === 'string' ? entry : entry.library] as const);

test('the interpreter is a program, and python3 a link to it within /usr', () => {
  const { '/usr/bin/python3.11': interpreter, '/usr/bin/python3': link } = pythonFacade('3.11');
  expect(interpreter).toEqual({ library: '/layers/toolforge_python/python/lib/libpython3.11.so.1.0', main: 'Py_BytesMain' });
  expect(link).toBe('/usr/bin/python3.11');
});

test.each(leads)(
  '%s leads into the layer of a buildpack that there is, perhaps by another path of the facade',
  (path, target) => {
    expect(path).toMatch(/^\/usr\//);
    let end = target;
    for (let next: string | undefined = target; next !== undefined; next = new Map(leads).get(end)) end = next;
    const [, buildpack = ''] = /^\/layers\/toolforge_([^/]+)\/\1\/[^/]/.exec(end) ?? [];
    expect(OURS.has(buildpack)).toBe(true);
  },
);

test('runtimes are where the links lead', () => {
  const targets = leads.map(([, target]) => target);
  const { python, uwsgi } = house();
  expect(targets).toContain(`${python.prefix}/lib/python3.11`);
  expect(targets).toContain(`${uwsgi.prefix}/bin/uwsgi`);
});

test('links and targets are those of one minor version', () => {
  expect(JSON.stringify(pythonFacade('3.13'))).not.toContain('3.11');
});
