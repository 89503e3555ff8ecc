/** csb-registry as it is built, against a real distribution and against a program that answers as Harbor does. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';
import { buildProgram, describeWith } from './built-program';

const folder = temporaryFolder();
const program = join(folder, 'csb-registry');

async function call(host: string, ...args: string[]) {
  const child = spawn(program, args, { env: { REGISTRY_PLAIN_HTTP: host } });
  const heard = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (heard.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (heard.stderr += text.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { stdout: heard.stdout.trimEnd(), stderr: heard.stderr.trimEnd(), exitCode };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('close', (failed) => {
        resolve(!failed);
      });
      socket.once('error', () => undefined);
      socket.once('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('docker-registry does not listen');
}

describeWith('against distribution', ['go', 'docker-registry', 'umoci', 'skopeo'], () => {
  let host = '';
  let registry: ChildProcess | undefined;
  const layout = join(folder, 'layout');

  beforeAll(async () => {
    buildProgram(program);
    const port = await freePort();
    host = `127.0.0.1:${port}`;
    const data = temporaryFolder();
    const config = { version: 0.1, storage: { filesystem: { rootdirectory: data } }, http: { addr: host } };
    writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
    registry = spawn('docker-registry', ['serve', join(folder, 'config.yml')], { stdio: 'ignore' });
    await answers(port);
    spawnSync('umoci', ['init', '--layout', layout]);
    spawnSync('umoci', ['new', '--image', `${layout}:base`]);
    spawnSync('umoci', ['config', '--image', `${layout}:base`, '--config.user', '65534']);
  }, 300_000);
  afterAll(() => registry?.kill());

  test('what is absent is nothing; what is pushed, copied and pulled has one digest', async () => {
    expect(await call(host, 'digest', `${host}/cloud/image:x`)).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    const pushed = await call(host, 'push', '--layout', layout, '--tag', 'base', `${host}/cloud/image:x`);
    expect(pushed).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string });
    const copied = await call(host, 'copy', `${host}/cloud/image:x`, `${host}/cloud/image:y`);
    const pulled = await call(host, 'pull', '--layout', `${layout}-2`, '--tag', 'base', `${host}/cloud/image:y`);
    const again = await call(host, 'push', '--layout', `${layout}-2`, '--tag', 'base', `${host}/cloud/other:x`);
    expect([copied.stdout, pulled.stdout, again.stdout]).toEqual(Array(3).fill(pushed.stdout));
    expect((await call(host, 'before', `${host}/cloud/image`, 'x', 'z')).stdout).toBe(`x=${pushed.stdout} z=`);
    expect(spawnSync('umoci', ['stat', '--image', `${layout}-2:base`]).status).toBe(0);
  });

  test('has the digest that skopeo gives it', async () => {
    const skopeo = ['copy', '--quiet', '--format', 'v2s2', '--dest-tls-verify=false', `oci:${layout}:base`];
    spawnSync('skopeo', [...skopeo, `docker://${host}/cloud/skopeo:x`]);
    const ours = await call(host, 'push', '--layout', layout, '--tag', 'base', `${host}/cloud/ours:x`);
    expect((await call(host, 'digest', `${host}/cloud/skopeo:x`)).stdout).toBe(ours.stdout);
  });
});

describeWith('against what answers as Harbor does', ['go'], () => {
  let server: Server;
  let host = '';
  let failures = 0;

  beforeAll(async () => {
    buildProgram(program);
    server = createServer((request, response) => {
      const refuse = (status: number, code: string, message: string): void => {
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(status === 401 && { 'www-authenticate': `Bearer realm="http://${host}/service/token",service="harbor-registry"` }),
        });
        response.end(JSON.stringify({ errors: [{ code, message }] }));
      };
      if (request.url?.startsWith('/service/token')) response.end(JSON.stringify({ token: 'anonymous', expires_in: 1800 }));
      else if (failures-- > 0) refuse(503, 'SERVICE_UNAVAILABLE', 'the backend is away');
      else if (request.headers.authorization !== 'Bearer anonymous') refuse(401, 'UNAUTHORIZED', 'unauthorized');
      else if (request.url?.includes('/private/'))
        refuse(401, 'UNAUTHORIZED', 'unauthorized to access repository: private/image');
      else refuse(404, 'NOT_FOUND', 'artifact cloud/image:x not found');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }, 300_000);
  afterAll(() => {
    server.close();
  });

  test('an artifact that is not found is nothing, after a 503 too', async () => {
    failures = 1;
    expect(await call(host, 'digest', `${host}/cloud/image:x`)).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  test('what wants a user names the setting', async () => {
    const { stdout, stderr, exitCode } = await call(host, 'digest', `${host}/private/image:x`);
    expect([stdout, exitCode]).toEqual(['', 1]);
    expect(stderr).toMatch(/^csb-registry: .*401.*registry\.pushSecret in the environment's settings/);
  });
});
