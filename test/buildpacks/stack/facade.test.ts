import type { FacadeProgram } from '../../../lib/buildpacks/stack/facade';
import { runParameters } from '../../tekton/manifests';
import { house, languageProps, locked } from '../house';

const PATH = '/usr/bin/python3.11';
const python: FacadeProgram = { library: '/layers/toolforge_python/python/lib/libpython3.11.so.1.0', main: 'Py_BytesMain' };

/** A house whose language has a program at a path, and these packages. */
function houseWith(program: Partial<FacadeProgram> = {}, { path = PATH, packages = ['gcc', 'make'] } = {}) {
  const language = {
    ...languageProps,
    packages: { run: packages },
    facade: { [path]: { ...python, ...program }, '/usr/bin/python3': PATH },
    lock: { ...languageProps.lock, run: { ...languageProps.lock.run, ...locked(packages) } },
  };
  return house({ language });
}

test('links and programs of a facade are settings of the run image, and not of the build image', () => {
  const manifests = houseWith().manifests();
  const settingsOf = (run: string): unknown => JSON.parse(runParameters(manifests, run)['settings'] ?? '');
  expect(settingsOf('language-run-image')).toMatchObject({ links: { '/usr/bin/python3': PATH }, programs: { [PATH]: python } });
  expect(settingsOf('language-build-image')).toMatchObject({ links: {}, programs: {} });
});

test.each([{ library: '/layers/toolforge_python/python/lib/libpython3.11.so.2.0' }, { main: 'Py_Main' }])(
  'the address of the run image changes with %j',
  (changed) => {
    expect(houseWith(changed).language.runImage.address).not.toBe(houseWith().language.runImage.address);
  },
);

test.each<[string, Partial<FacadeProgram>, { readonly path?: string; readonly packages?: string[] }, RegExp]>([
  ['no compiler', {}, { packages: ['make'] }, /chart\/language .* no compiler is locked for it; add 'gcc' to `packages\.run`/],
  ['a relative path', {}, { path: 'bin/x' }, /the program bin\/x of its facade is at 'bin\/x'; expected a path below \/usr/],
  ['a path that climbs', {}, { path: '/usr/../etc/x' }, /is at '\/usr\/\.\.\/etc\/x'/],
  ['a folder', {}, { path: '/usr/bin/' }, /is at '\/usr\/bin\/'/],
  ['a path of other places', {}, { path: '/etc/x' }, /is at '\/etc\/x'/],
  ['a library of no layer', { library: '/usr/lib/libx.so' }, {}, /in the library '\/usr\/lib\/libx\.so'; expected .* \/layers/],
  ['a library that climbs', { library: '/layers/../x.so' }, {}, /in the library '\/layers\/\.\.\/x\.so'/],
  ['options of a linker', { library: '/layers/x,-T' }, {}, /in the library '\/layers\/x,-T'/],
  ['code for a main', { main: 'x(){}' }, {}, /has 'x\(\)\{\}' as its main; expected the name of a function in C/],
])('%s is refused at synth', (_, program, where, expected) => {
  expect(() => houseWith(program, where).app.synthesize()).toThrow(expected);
});
