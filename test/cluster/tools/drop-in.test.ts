/** The drop-in proof: what old tools have in their homes runs on our image, with nothing changed. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { start, ToolUnderTest } from './demo-tools';

const one = new ToolUnderTest('demo-one', 50001);
const two = new ToolUnderTest('demo-two', 50002);
let said = '';

beforeAll(() => {
  said = start();
});

test('npm start ends with the image, its contract, and both tools; a second one changes nothing', () => {
  expect(said).toContain('nothing was to do');
  expect(said).toContain('Nothing changed.');
  expect(said).toMatch(/^toolforge-python311-sssd-web +[0-9a-f]{12} .* \d+ items passed$/m);
  for (const { name, uid } of [one, two])
    expect(said).toMatch(
      new RegExp(`^${name} .* as tools\\.${name} \\(${uid}\\)\\n  toolforge-python311-sssd-web: Python 3\\.11`, 'm'),
    );
  expect(said).not.toContain('restarting');
});

describe.each([one, two])('$name', (tool) => {
  test('runs as its own user, in its own home, on its own venv', async () => {
    expect(await tool.json('/')).toMatchObject({
      uid: tool.uid,
      user: `tools.${tool.name}`,
      home: `/data/project/${tool.name}`,
      locale: 'en_US.UTF-8',
      prefix: `/data/project/${tool.name}/www/python/venv`,
      base_prefix: '/usr',
    });
  });

  test('imports what was compiled, from its home', async () => {
    const { compiled } = (await tool.json('/')) as { compiled: string[] };
    expect(compiled.length).toBeGreaterThan(0);
    for (const file of compiled)
      expect(file).toMatch(new RegExp(`^/data/project/${tool.name}/www/python/venv/.*\\.cpython-311-x86_64-linux-gnu\\.so$`));
  });

  test('runs on the image that the public tag names, whose Python lies in a layer', () => {
    const [, digest] = /^toolforge-python311-sssd-web +([0-9a-f]{12}) /m.exec(said) ?? [];
    expect(tool.pod('.spec.containers[0].image')).toMatch(/\/toolforge-python311-sssd-web:latest$/);
    expect(tool.pod('.status.containerStatuses[0].imageID')).toContain(`sha256:${String(digest)}`);
    expect(tool.exec('readlink', '-f', '/usr/bin/python3')).toBe('/usr/bin/python3.11');
    expect(tool.exec('cat', '/proc/1/maps')).toContain(' /layers/toolforge_python/python/lib/libpython3.11.so.1.0\n');
  });

  // From 3.11 on the contract asks for neither: the legacy image has pip in environments only.
  test('has pip and setuptools outside of environments, as who works in a shell expects', () => {
    expect(tool.exec('pip3', '--version')).toMatch(/^pip [0-9.]+ from .*\(python 3\.11\)$/);
    expect(tool.exec('python3', '-c', 'import setuptools; print(setuptools.__file__)')).toMatch(/\/setuptools\/__init__\.py$/);
  });

  test("its server is the container's first process, and holds no privilege", () => {
    expect(tool.exec('cat', '/proc/1/cmdline')).toMatch(/^\/usr\/bin\/uwsgi\0/);
    const status = tool.exec('cat', '/proc/1/status');
    expect(status).toMatch(new RegExp(`^Uid:\\s+${tool.uid}\\s`, 'm'));
    expect(status).toMatch(/^CapEff:\s+0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  });

  test('everything in its home belongs to it', () => {
    expect(tool.strangeFiles()).toBe('');
  });
});

test("demo-one's venv was made by Debian's own Python", () => {
  const configuration = readFileSync(one.home('www/python/venv/pyvenv.cfg'), 'utf8');
  expect(configuration).toContain('home = /usr/bin\n');
  expect(configuration).toContain('executable = /usr/bin/python3.11\n');
  expect(execFileSync('readlink', [one.home('www/python/venv/bin/python3')], { encoding: 'utf8' })).toBe('/usr/bin/python3\n');
});

describe("demo-two's own uwsgi.ini", () => {
  test('routes what its extension answers', async () => {
    // http://www.isthe.com/chongo/tech/comp/fnv/: the hash of "foobar" is one of its published test vectors.
    expect(await two.json('/of/foobar')).toEqual({ text: 'foobar', fnv1a: 0xbf9cf968 });
    expect((await two.get('/nowhere')).status).toBe(404);
  });

  test('keeps health checks out of the log, and nothing else', async () => {
    const log = (): string => readFileSync(two.home('uwsgi.log'), 'utf8');
    const before = log().length;
    expect((await two.get('/healthz')).status).toBe(200);
    await two.get('/of/last');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const added = log().slice(before);
    expect(added).toContain('GET /of/last');
    expect(added).not.toContain('/healthz');
  });
});
