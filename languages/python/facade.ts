import { layerOf } from '../../lib/buildpacks/buildpack/buildpack';
import type { Facade } from '../../lib/buildpacks/stack/facade';

const PYTHON = layerOf('python');
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';

// Where pip of Debian 11 looks for what it imports, in every environment that was made with it.
const WHEELS = '/usr/share/python-wheels';

/**
 * By which a run image has Python where Debian's packages and legacy images have it:
 * virtual environments hold `/usr/bin/python3` and `home = /usr/bin`, scripts start with `#!/usr/bin/python3`, compilers of extensions
 * look into `/usr/include`.
 *
 * The interpreter is a program, so that Python takes /usr for its place, and whatever environments note of it holds for legacy images
 * as well (docs/decisions/0014). All else are links.
 */
export function pythonFacade(minor: `3.${number}`): Facade {
  const library = `libpython${minor}.so.1.0`;
  const sameName = [`python${minor}-config`, 'virtualenv', 'pip3', `pydoc${minor}`];
  const configuration = `${PYTHON}/lib/pkgconfig/python-${minor}`;
  return {
    [`/usr/bin/python${minor}`]: { library: `${PYTHON}/lib/${library}`, main: 'Py_BytesMain' },
    '/usr/bin/python3': `/usr/bin/python${minor}`,
    ...Object.fromEntries(sameName.map((name) => [`/usr/bin/${name}`, `${PYTHON}/bin/${name}`])),
    '/usr/bin/python3-config': `/usr/bin/python${minor}-config`,
    '/usr/bin/x86_64-linux-gnu-python3-config': `/usr/bin/python${minor}-config`,
    [`/usr/bin/x86_64-linux-gnu-python${minor}-config`]: `/usr/bin/python${minor}-config`,
    '/usr/bin/pydoc3': `/usr/bin/pydoc${minor}`,
    '/usr/bin/pdb3': `/usr/bin/pdb${minor}`,
    [`/usr/bin/pdb${minor}`]: `${PYTHON}/lib/python${minor}/pdb.py`,
    [`/usr/lib/python${minor}`]: `${PYTHON}/lib/python${minor}`,
    '/usr/lib/python3': `${PYTHON}/lib/python3`,
    // Until then pip has both names outside of environments.
    ...(minor === '3.9' && { [WHEELS]: `${PYTHON}/share/python-wheels`, '/usr/bin/pip': '/usr/bin/pip3' }),
    [`/usr/include/python${minor}`]: `${PYTHON}/include/python${minor}`,
    [`${LIBRARIES}/libpython${minor}.so`]: `${PYTHON}/lib/libpython${minor}.so`,
    [`${LIBRARIES}/${library}`]: `${PYTHON}/lib/${library}`,
    [`${LIBRARIES}/pkgconfig/python3.pc`]: `${LIBRARIES}/pkgconfig/python-${minor}.pc`,
    [`${LIBRARIES}/pkgconfig/python3-embed.pc`]: `${LIBRARIES}/pkgconfig/python-${minor}-embed.pc`,
    [`${LIBRARIES}/pkgconfig/python-${minor}.pc`]: `${configuration}.pc`,
    [`${LIBRARIES}/pkgconfig/python-${minor}-embed.pc`]: `${configuration}-embed.pc`,
  };
}
