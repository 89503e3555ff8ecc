/** What csb-registry leaves in a real registry whose disk is full, that cannot answer, or that is killed in the middle of what is written: nothing half, and the same again is whole. */
import { type ChildProcess, execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetRegistry } from '../../../bench/fleet/fleet-registry';
import { apiServerUrl } from '../../../local/addresses';
import { toolPath } from '../../../local/toolchain/modules';
import { kubectl } from '../checkout';
import { PlainRegistry } from '../plain-registry';

const folder = mkdtempSync(join(tmpdir(), 'csb-faults-'));
const NAMESPACE = 'test-registry-faults';
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

function start({ host }: { readonly host: string }, ...args: readonly string[]) {
  const program = toolPath('csb-registry', 'csb-registry');
  let child: ChildProcess | undefined;
  const ended = new Promise<Ended>((resolve) => {
    const env = { ...process.env, REGISTRY_PLAIN_HTTP: host };
    const started = execFile(program, args, { env }, (_, stdout, stderr) => {
      resolve({ code: started.exitCode, out: stdout.trimEnd(), said: stderr });
    });
    child = started;
  });
  return { ended, kill: () => child?.kill('SIGKILL') };
}

const csbRegistry = (registry: { readonly host: string }, ...args: readonly string[]): Promise<Ended> =>
  start(registry, ...args).ended;

/** What stands before a registry that answers 503 and 429 now and then, two of seven times, and with an empty body. */
async function answeringNowAndThen({ host }: PlainRegistry) {
  let asked = 0;
  const [hostname, port] = host.split(':');
  const server = createServer((request, response) => {
    const refused = new Map([
      [3, 503],
      [5, 429],
    ]).get((asked += 1) % 7);
    if (refused !== undefined) {
      response.writeHead(refused).end();
      return;
    }
    const { method, url: path, headers } = request;
    const passed = forward({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(passed).on('error', () => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked, close: () => server.close() };
}

/** An OCI layout with an image of one layer of so many MiB that nothing makes smaller. */
function layoutOf(megabytes: number): string {
  const name = `${megabytes}-${randomBytes(4).toString('hex')}`;
  const [layout, content] = [join(folder, name), join(folder, `${name}.content`)];
  mkdirSync(content);
  writeFileSync(join(content, 'file'), randomBytes(megabytes * 2 ** 20));
  execFileSync('tar', ['--create', '--file', `${content}.tar`, '--directory', content, 'file']);
  const umoci = (...words: readonly string[]) => execFileSync('umoci', words, { stdio: 'ignore' });
  umoci('init', '--layout', layout);
  umoci('new', '--image', `${layout}:base`);
  umoci('raw', 'add-layer', '--image', `${layout}:base`, `${content}.tar`);
  return layout;
}

/** Reads an image whole: each blob is compared with its digest. */
async function mustBeWhole(registry: { readonly host: string }, reference: string): Promise<void> {
  const layout = join(folder, `read-${randomBytes(4).toString('hex')}`);
  const read = await csbRegistry(registry, 'pull', '--layout', layout, '--tag', 'base', `${registry.host}/${reference}`);
  expect(read).toMatchObject({ code: 0, out: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string });
}

const push = (registry: { readonly host: string }, layout: string, reference: string): Promise<Ended> =>
  csbRegistry(registry, 'push', '--layout', layout, '--tag', 'base', `${registry.host}/${reference}`);

/** Waits for what only lasts for moments. */
async function untilSeen(holds: () => boolean): Promise<void> {
  for (const since = Date.now(); !holds(); await new Promise((resolve) => setTimeout(resolve, 1)))
    if (Date.now() - since > 60_000) throw new Error('what the test waits for was not seen within a minute');
}

test('a disk that is full in the middle of a push: it is said, what is public stays, and the same again is whole when there is room', async () => {
  const registry = await PlainRegistry.open({ port: 5064, megabytes: 32 });
  try {
    const small = await push(registry, layoutOf(4), 'cloud/image:c-1');
    await csbRegistry(registry, 'copy', `${registry.host}/cloud/image:c-1`, `${registry.host}/cloud/image:latest`);
    const large = layoutOf(40);
    const full = await push(registry, large, 'cloud/image:c-2');
    expect(full).toMatchObject({ code: 75, out: '', said: expect.stringContaining('c-2: the registry answered 5') as string });
    const asked = await csbRegistry(registry, 'before', `${registry.host}/cloud/image`, 'latest', 'c-2');
    expect(asked.out).toBe(`latest=${small.out} c-2=`);
    await mustBeWhole(registry, 'cloud/image:latest');
    registry.resize(128);
    expect(await push(registry, large, 'cloud/image:c-2')).toMatchObject({ code: 0 });
    await mustBeWhole(registry, 'cloud/image:c-2');
  } finally {
    await registry.close();
  }
});

test('a registry that is killed in the middle of a push: the same again is whole', async () => {
  const registry = await PlainRegistry.open({ port: 5065 });
  try {
    const layout = layoutOf(64);
    const pushing = push(registry, layout, 'cloud/image:c-1');
    await untilSeen(() => registry.uploads('cloud/image') > 0);
    await registry.kill();
    expect(registry.hasTag('cloud/image', 'c-1')).toBe(false);
    await registry.start();
    const { code, said } = await pushing;
    if (code !== 0) expect(said).toContain('csb-registry: ');
    expect(await push(registry, layout, 'cloud/image:c-1')).toMatchObject({ code: 0 });
    await mustBeWhole(registry, 'cloud/image:c-1');
  } finally {
    await registry.close();
  }
});

test('a registry that answers 503 and 429 now and then: pushes and copies go through, and are whole', async () => {
  const registry = await PlainRegistry.open({ port: 5068 });
  const before = await answeringNowAndThen(registry);
  try {
    for (let i = 0; i < 8; i += 1) {
      expect(await push(before, layoutOf(1), `cloud/image:c-${i}`)).toMatchObject({ code: 0 });
      const copied = await csbRegistry(before, 'copy', `${before.host}/cloud/image:c-${i}`, `${before.host}/cloud/image:latest`);
      expect(copied).toMatchObject({ code: 0 });
      await mustBeWhole(before, 'cloud/image:latest');
    }
    expect(before.asked()).toBeGreaterThan(100);
  } finally {
    before.close();
    await registry.close();
  }
});

test('kill -9 of a rebase of many: the same again does the rest, and all are right', async () => {
  const fleet = await FleetRegistry.open(5069);
  const [count, tag] = [200, 'c-1'];
  try {
    const runs = await fleet.runImages(8, 2);
    await fleet.makeImages(runs, count);
    const args = ['rebase', '--run-image', runs.now, '--fleet', await fleet.list(count, tag)];
    const isDone = (i: number): boolean => fleet.registry.hasTag(`fleet/tool-${i}`, tag);
    const { ended, kill } = start(fleet, ...args);
    await untilSeen(() => isDone(20));
    kill();
    expect((await ended).code).toBeNull();
    expect(isDone(count - 1)).toBe(false);
    const again = JSON.parse((await csbRegistry(fleet, ...args)).out) as Record<string, number>;
    expect(again).toMatchObject({ failed: 0, refused: 0 });
    expect(again['found']).toBeGreaterThan(0);
    await fleet.mustStand(runs, count, [tag]);
  } finally {
    await fleet.close();
  }
});

test('a registry that is killed in the middle of a rebase of many: the same again does the rest, and all are right', async () => {
  const fleet = await FleetRegistry.open(5066);
  const [count, tag] = [200, 'c-1'];
  try {
    const runs = await fleet.runImages(8, 2);
    await fleet.makeImages(runs, count);
    const list = await fleet.list(count, tag);
    const rebase = () => csbRegistry(fleet, 'rebase', '--run-image', runs.now, '--fleet', list);
    const isDone = (i: number): boolean => fleet.registry.hasTag(`fleet/tool-${i}`, tag);
    const rebasing = rebase();
    await untilSeen(() => isDone(20));
    await fleet.registry.kill();
    expect(isDone(count - 1)).toBe(false);
    await fleet.registry.start();
    const first = await rebasing;
    const again = first.code === 0 ? first : await rebase();
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('"failed":0') as string });
    await fleet.mustStand(runs, count, [tag]);
  } finally {
    await fleet.close();
  }
});

test('a registry that is killed in the middle of a promotion: what was public is kept, and the same again is public', async () => {
  const api = apiOf(NAMESPACE);
  const registry = await PlainRegistry.open({ port: 5067 });
  const at = `${registry.host}/cloud/image`;
  const said = ['--environment', 'tools', '--contract', 'c1', '--family', '{"kind":"base"}'] as const;
  const promote = async (tag: string): Promise<Ended> => {
    const { out } = await csbRegistry(registry, 'before', at, 'testing', 'latest');
    const lease = ['--lease-namespace', NAMESPACE, '--api', api, '--server', apiServerUrl];
    return csbRegistry(registry, 'promote', ...said, '--tags', 'testing latest', '--before', out, ...lease, `${at}:${tag}`);
  };
  try {
    const [one, two] = [
      await push(registry, layoutOf(1), 'cloud/image:c-1'),
      await push(registry, layoutOf(1), 'cloud/image:c-2'),
    ];
    for (const { out } of [one, two]) {
      const report = { contract: 'c1', image: `${at}@${out}`, family: { kind: 'base' }, passed: 1, failed: 0, notApplicable: 0 };
      writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
      const attested = await csbRegistry(
        registry,
        'attest',
        ...said,
        '--report',
        join(folder, 'report.json'),
        '--items',
        '1',
        report.image,
      );
      expect(attested).toMatchObject({ code: 0 });
    }
    expect(await promote('c-1')).toMatchObject({ code: 0, out: 'testing latest' });
    const moving = promote('c-2');
    await untilSeen(() => registry.hasTag('cloud/image', `was-testing-${one.out.slice(7, 19)}`));
    await registry.kill();
    expect(registry.digestOf('cloud/image', 'latest')).toBe(one.out);
    await registry.start();
    const first = await moving;
    if (first.code !== 0) expect(await promote('c-2')).toMatchObject({ code: 0 });
    const asked = await csbRegistry(registry, 'before', at, 'testing', 'latest', `was-latest-${one.out.slice(7, 19)}`);
    expect(asked.out).toBe(`testing=${two.out} latest=${two.out} was-latest-${one.out.slice(7, 19)}=${one.out}`);
    await mustBeWhole(registry, 'cloud/image:latest');
  } finally {
    await registry.close();
    kubectl('delete', 'namespace', NAMESPACE, '--wait=false');
  }
});

/** What a pod of promotions is given, in a namespace of its own: a folder with a token that may hold leases, and the server's authority. */
function apiOf(namespace: string): string {
  kubectl('delete', 'namespace', namespace, '--ignore-not-found');
  kubectl('create', 'namespace', namespace);
  const within = ['--namespace', namespace] as const;
  kubectl(...within, 'create', 'serviceaccount', 'promotion');
  kubectl(...within, 'create', 'role', 'leases', '--verb=get,create,update', '--resource=leases.coordination.k8s.io');
  kubectl(...within, 'create', 'rolebinding', 'leases', '--role=leases', `--serviceaccount=${namespace}:promotion`);
  const api = join(folder, 'api');
  mkdirSync(api);
  writeFileSync(join(api, 'token'), kubectl(...within, 'create', 'token', 'promotion').trim());
  const authority = kubectl(...within, 'get', 'configmap', 'kube-root-ca.crt', '--output', 'jsonpath={.data.ca\\.crt}');
  writeFileSync(join(api, 'ca.crt'), authority);
  expect(readFileSync(join(api, 'ca.crt'), 'utf8')).toContain('BEGIN CERTIFICATE');
  return api;
}
