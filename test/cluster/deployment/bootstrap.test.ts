/** `csb bootstrap` against a registry with TLS, an authority of its own, a user and a prefix: what is made is what the platform has made. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../../lib/settings/settings';
import { Checkout } from './checkout';

const HOST = '127.0.0.1:5443';
// htpasswd -B of the password `secret`.
const HTPASSWD = 'me:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a';
const folder = mkdtempSync(join(tmpdir(), 'csb-registry-'));
const file = (name: string): string => join(folder, name);
const checkout = new Checkout('test-bootstrap');
let server: ChildProcess;

beforeAll(async () => {
  const names = ['-subj', '/CN=test', '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:TRUE'];
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', file('key.pem'), '-out', file('cert.pem'), '-days', '2'];
  execFileSync('openssl', ['req', '-x509', ...key, ...names], { stdio: 'ignore' });
  writeFileSync(file('htpasswd'), `${HTPASSWD}\n`);
  const configuration = {
    version: '0.1',
    storage: { filesystem: { rootdirectory: file('storage') } },
    http: { addr: HOST, tls: { certificate: file('cert.pem'), key: file('key.pem') } },
    auth: { htpasswd: { realm: 'test', path: file('htpasswd') } },
  };
  writeFileSync(file('config.json'), JSON.stringify(configuration));
  server = spawn('docker-registry', ['serve', file('config.json')], { stdio: 'ignore' });
  const auths = { [HOST]: { auth: Buffer.from('me:secret').toString('base64') } };
  mkdirSync(file('docker'));
  writeFileSync(file('docker/config.json'), JSON.stringify({ auths }));
  const indented = execFileSync('sed', ['s/^/      /', file('cert.pem')], { encoding: 'utf8' });
  const local = checkout.read('Pulumi.local.yaml');
  writeFileSync(
    join(checkout.directory, 'Pulumi.mine.yaml'),
    local
      .replace('host: registry.local:5000\n', `host: ${HOST}\n    prefix: cloud/images\n    certificateAuthority: |\n${indented}`)
      .replace(/ +plainHttp: true\n/, '')
      .replace(/.*:vanishedPackages: .*\n/, '# what people wrote stays\n')
      .replace(/:namespace: .*/, ':namespace: test-bootstrap'),
  );
  await until(() => get('/v2/').then(({ code }) => code === 200));
});
afterAll(async () => {
  server.kill();
  rmSync(folder, { recursive: true });
  await checkout.remove();
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds().catch(() => false)); tries += 1) {
    if (tries > 100) throw new Error('the registry does not answer');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function get(path: string): Promise<{ readonly code: number | undefined; readonly digest: string | undefined }> {
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';
  const headers = { authorization: `Basic ${Buffer.from('me:secret').toString('base64')}`, accept };
  return new Promise((resolve, reject) => {
    request(`https://${HOST}${path}`, { headers, rejectUnauthorized: false, method: 'HEAD' }, (response) => {
      response.resume();
      resolve({ code: response.statusCode, digest: response.headers['docker-content-digest'] as string | undefined });
    })
      .on('error', reject)
      .end();
  });
}

const bootstrap = (environment: NodeJS.ProcessEnv = {}, ...args: readonly string[]) =>
  checkout.start(['--environment', 'mine', 'bootstrap', ...args], { DOCKER_CONFIG: file('docker'), ...environment }).result;
const references = (): string[] =>
  [...checkout.read('Pulumi.mine.yaml').matchAll(/:(?:toolbox|lifecycle): (\S+)/g)].map(([, reference = '']) => reference);

test('without credentials nothing is pushed, and the settings stay', async () => {
  const before = checkout.read('Pulumi.mine.yaml');
  const { code, output } = await bootstrap({ DOCKER_CONFIG: file('nothing') });
  expect(output).toMatch(
    /csb-registry: .*\n.*cloud\/images\/platform\/toolbox was not pushed; .*`docker login`, or name .* --auth/,
  );
  expect(code).toBe(1);
  expect(checkout.read('Pulumi.mine.yaml')).toBe(before);
});

test("with the caller's own, the registry has both, and the settings name them by digest, a comment where it was", async () => {
  const { code, output } = await bootstrap();
  expect(`${code} ${output}`).toMatch(/^0 /);
  const made = references();
  expect(made).toEqual([
    expect.stringMatching(new RegExp(`^${HOST}/cloud/images/platform/toolbox:\\d{4}-\\d{2}-\\d{2}@sha256:[0-9a-f]{64}$`)),
    expect.stringMatching(new RegExp(`^${HOST}/cloud/images/platform/lifecycle:0\\.21\\.0@sha256:[0-9a-f]{64}$`)),
  ]);
  for (const reference of made) {
    const [, repository = '', digest = ''] = /^[^/]+\/([^:@]+)(?::[^@]+)?@(.+)$/.exec(reference) ?? [];
    expect(await get(`/v2/${repository}/manifests/${digest}`)).toEqual({ code: 200, digest });
  }
  expect(checkout.read('Pulumi.mine.yaml')).toContain('\n# what people wrote stays\n');
  expect(readSettings(checkout.directory, 'mine')).toMatchObject({ toolbox: made[0], lifecycle: made[1] });
});

test('a second time, with credentials by name, changes nothing', async () => {
  const before = checkout.read('Pulumi.mine.yaml');
  const { code } = await bootstrap({ DOCKER_CONFIG: file('nothing') }, '--auth', file('docker/config.json'));
  expect(code).toBe(0);
  expect(checkout.read('Pulumi.mine.yaml')).toBe(before);
});

test('the embedded platform makes its own', async () => {
  const { code, output } = await checkout.csb('bootstrap');
  expect(output).toBe("'local' is the embedded platform, which makes these images itself: npm start\n");
  expect(code).toBe(1);
});
