const PYTHON = '/layers/toolforge_python/python';
const UWSGI = '/layers/toolforge_uwsgi/uwsgi';
const RUNNER = '/layers/toolforge_webservice-runner/webservice-runner';
const BOOTSTRAP = '/layers/toolforge_webservice-python-bootstrap/webservice-python-bootstrap';

/**
 * The links by which a run image has Python, uWSGI and Toolforge's own commands where Debian's packages and legacy images have them:
 * virtual environments hold `/usr/bin/python3` and `home = /usr/bin`, scripts start with `#!/usr/bin/python3`, compilers of extensions
 * look into `/usr/include`.
 *
 * Where an image lacks a part, its link leads nowhere, and the command is not found.
 */
export function pythonFacade(minor: `3.${number}`): Record<string, string> {
  const programs = ['python3', `python${minor}`, 'python3-config', `python${minor}-config`, 'virtualenv', 'pip3', 'pydoc3'];
  return {
    ...Object.fromEntries(programs.map((program) => [`/usr/bin/${program}`, `${PYTHON}/bin/${program}`])),
    [`/usr/lib/python${minor}`]: `${PYTHON}/lib/python${minor}`,
    '/usr/lib/python3': `${PYTHON}/lib/python3`,
    [`/usr/include/python${minor}`]: `${PYTHON}/include/python${minor}`,
    [`/usr/lib/x86_64-linux-gnu/libpython${minor}.so`]: `${PYTHON}/lib/libpython${minor}.so`,
    [`/usr/lib/x86_64-linux-gnu/libpython${minor}.so.1.0`]: `${PYTHON}/lib/libpython${minor}.so.1.0`,
    '/usr/bin/uwsgi': `${UWSGI}/bin/uwsgi`,
    '/usr/bin/webservice-runner': `${RUNNER}/bin/webservice-runner`,
    '/usr/local/bin/webservice-python-bootstrap': `${BOOTSTRAP}/bin/webservice-python-bootstrap`,
  };
}
