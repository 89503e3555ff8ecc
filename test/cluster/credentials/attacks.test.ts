/** Builds that want the registry's password, as they are deployed, at a registry with TLS that asks for it: nothing leaves, and what was found is said. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceAccount } from 'cdk8s-plus-27';
import { dump } from 'js-yaml';
import { Size } from 'cdk8s';
import { stackPipeline } from '../../../lib/buildpacks/stack/stack-pipeline';
import { buildTask } from '../../../lib/images/build-task';
import { Registry } from '../../../lib/registry/registry';
import { registryAuthority, withPullSecret } from '../../../lib/registry/registry-authority';
import { RegistryTasks } from '../../../lib/registry/registry-tasks';
import { EnvironmentApp } from '../../../lib/synth/app';
import { EnvironmentChart } from '../../../lib/synth/chart';
import { readSettings } from '../../../lib/settings/settings';
import { lifecycleVersion } from '../../../local/toolchain/modules';
import { TlsRegistry } from '../tls-registry';
import { attackedImages, type AttackedImages } from './attacked-images';
import { Attacker } from './attacker';

const NAMESPACE = 'credentials-test';
const PORT = 5443;
const { toolbox } = readSettings(`${__dirname}/../../..`, 'local');
let registry: TlsRegistry;
let attacker: Attacker;
let images: AttackedImages;

const kubectl = (args: readonly string[], input?: string): string =>
  execFileSync('kubectl', ['--namespace', NAMESPACE, ...args], { encoding: 'utf8', ...(input !== undefined && { input }) });

/** The tasks of platform images and of stacks. */
function manifests(): string {
  const app = new EnvironmentApp('credentials-test');
  const chart = new EnvironmentChart(app, 'chart', { namespace: NAMESPACE });
  const secrets = { pushSecret: 'registry', pullSecret: 'registry' };
  const settings = { host: registry.name, plainHttp: false, certificateAuthority: registry.authority, ...secrets };
  const declared = new Registry(settings);
  registryAuthority(chart, declared);
  const account = new ServiceAccount(chart, 'builder', { metadata: { name: 'builder' }, automountToken: false });
  const asking = new RegistryTasks(chart, 'asking', { registry: declared, toolbox });
  const making = { registry: declared, toolbox, serviceAccount: withPullSecret(account, declared), asking };
  buildTask(chart, 'attacked-build', making, { size: Size.mebibytes(10), params: {} });
  const nowhere = { debian: 'http://packages.invalid/debian', security: 'http://packages.invalid/debian-security' };
  stackPipeline(chart, { ...making, mirror: nowhere, vanishedPackages: 'refuse' });
  return app
    .synthesize()
    .objects.map(({ manifest }) => dump(manifest, { noRefs: true }))
    .join('---\n');
}

beforeAll(async () => {
  registry = await TlsRegistry.start(PORT);
  attacker = new Attacker(registry.node, PORT);
  images = attackedImages(toolbox, registry);
  execFileSync('kubectl', ['delete', 'namespace', NAMESPACE, '--ignore-not-found']);
  execFileSync('kubectl', ['create', 'namespace', NAMESPACE]);
  const { name, user, password } = registry;
  const login = [`--docker-server=${name}`, `--docker-username=${user}`, `--docker-password=${password}`];
  kubectl(['create', 'secret', 'docker-registry', 'registry', ...login]);
  kubectl(['apply', '--server-side', '--filename=-'], manifests());
}, 300_000);

afterAll(() => {
  execFileSync('kubectl', ['delete', 'namespace', NAMESPACE, '--wait=false']);
  attacker.stop();
  registry.stop();
});

interface Ended {
  readonly succeeded: boolean;
  /** All that anybody can see of it: run, pod, logs. The run has the text of its scripts: that something was said, only the logs show. */
  readonly seen: string;
  /** What its steps have printed. */
  readonly logs: string;
  /** What was to be pushed, without the registry, and its digest there. */
  readonly image: string;
  readonly digest: string | undefined;
}

/** Runs a task, and returns how it ended. */
async function run(name: string, task: string, values: Readonly<Record<string, string>>): Promise<Ended> {
  const image = `test/attacked:${name}-${Date.now()}`;
  const all = { ...values, image: `${registry.name}/${image}` };
  const params = Object.entries(all).map(([key, value]) => ({ name: key, value }));
  const podTemplate = { automountServiceAccountToken: false };
  const spec = { taskRef: { name: task }, serviceAccountName: 'builder', podTemplate, params, timeout: '5m0s' };
  await attacker.came();
  kubectl(['apply', '--filename=-'], JSON.stringify({ apiVersion: 'tekton.dev/v1', kind: 'TaskRun', metadata: { name }, spec }));
  kubectl(['wait', `taskrun/${name}`, '--for=jsonpath={.status.completionTime}', '--timeout=360s']);
  const ended = kubectl(['get', 'taskrun', name, '--output=json']);
  const pod = kubectl(['get', 'pod', `${name}-pod`, '--output=json']);
  const logs = kubectl(['logs', `${name}-pod`, '--all-containers']);
  const { conditions } = (JSON.parse(ended) as { status: { conditions: readonly { status: string }[] } }).status;
  const { digest } = await registry.ask(`test/attacked/manifests/${image.replace(/.*:/, '')}`);
  return { succeeded: conditions[0]?.status === 'True', seen: ended + pod + logs, logs, image, digest };
}

/** A build whose buildpack does this. */
const build = (name: string, attack: string): Promise<Ended> =>
  run(name, 'attacked-build', {
    layers: `${registry.name}/test/attacked:${name}-layers-${Date.now()}`,
    builder: images.builder,
    lifecycle: lifecycleVersion,
    'run-image': toolbox,
    'pinned-run-image': images.runImage,
    run: `[[images]]\nimage = "${images.runImage.replace(/@.*/, '')}"\n`,
    descriptor: JSON.stringify({ attack }),
  });

/** A stack whose parent does this when packages are installed, as root. */
const install = (name: string, attack: string): Promise<Ended> => {
  const nothing = { packages: [], users: [], files: {}, links: {}, programs: {}, environment: {}, labels: {}, user: '0:0' };
  return run(name, 'stack-image', {
    parent: images.parent,
    suite: 'bookworm',
    settings: JSON.stringify({ ...nothing, attack }),
    layers: '{"layers":[]}',
    lock: '',
  });
};

function nothingLeft({ seen }: Ended): void {
  const { user, password } = registry;
  for (const secret of [password, Buffer.from(`${user}:${password}`).toString('base64')]) expect(seen).not.toContain(secret);
}

/** What the guard has said: `guard: <path> is <what it is>; expected <what is well>. No credential was ...` */
const refusal = ({ logs }: Ended): string | undefined =>
  /^guard: (.*)\. No credential was opened, and nothing was pushed$/m.exec(logs)?.[1];

const pushed = (ended: Ended): void => {
  expect({ succeeded: ended.succeeded, log: ended.succeeded ? '' : ended.seen }).toEqual({ succeeded: true, log: '' });
  expect(ended.digest).toMatch(/^sha256:/);
};

test('a build that attacks nothing is pushed, with credentials that were handed past it', async () => {
  const ended = await build('honest', 'true');
  pushed(ended);
  nothingLeft(ended);
});

test.each([
  ['results', 'ln -s /handed/config.json /tekton/results/digest', '/tekton/results/digest is a link to /handed/config.json'],
  ['artifacts', 'ln -s /handed/config.json /tekton/artifacts/provenance.json', '/tekton/artifacts/provenance.json is a link'],
  ['group', 'cd /layers; rm group.toml; ln -s /handed/config.json group.toml', '/sealed/layers/group.toml is a link to /handed'],
  ['layer', 'ln -s /handed /layers/test_attack/stolen', '/sealed/layers/test_attack/stolen is a link to /handed'],
  ['rewritten', 'echo sha256:0000 >/tekton/results/digest', '/tekton/results/digest is a file'],
])(
  'a build that leaves something for others to follow is refused before a credential is opened: %s',
  async (name, attack, message) => {
    const ended = await build(name, attack);
    expect([ended.succeeded, ended.digest]).toEqual([false, undefined]);
    expect(refusal(ended)).toContain(message);
    nothingLeft(ended);
  },
);

// The fourth step, whose file starts the fifth; the guard is the sixth.
const seemsToEnd = (then: string): string => `: >/tekton/run/3/out
until [ -e /tekton/run/5/out ]; do sleep 0.05; done
for i in $(seq 200); do
  ${then}
  sleep 0.05
done`;

test('a build that seems to end, and plants links for Tekton when the guard has passed, gets no credential, and is not pushed', async () => {
  const plant = `for file in /handed/config.json /proc/self/environ /proc/self/fd/3 /dev/fd/3; do
    ln -sfn "$file" /tekton/results/digest; ln -sfn "$file" /tekton/artifacts/provenance.json
  done`;
  const ended = await build('early', seemsToEnd(plant));
  expect(ended.logs).toMatch(/^sealed \d+ files$/m);
  expect(ended.digest).toBeUndefined();
  nothingLeft(ended);
});

test('one that writes its layers anew when the guard has passed changes nothing of what is pushed', async () => {
  const write = 'ln -sfn /handed/config.json /layers/test_attack/layer/file; echo late >/layers/test_attack/layer/late';
  // The exporter reads it; the lifecycle writes it when a build has ended, which this one has not.
  const metadata = '[[buildpacks]]\\nid = "test/attack"\\nversion = "0.0.1"\\napi = "0.12"\\n';
  const ended = await build(
    'late',
    `mkdir -p /layers/config; printf '${metadata}' >/layers/config/metadata.toml\n${seemsToEnd(write)}`,
  );
  expect({ digest: ended.digest, log: ended.digest === undefined ? ended.seen : '' }).toEqual({
    digest: expect.stringMatching(/^sha256:/) as string,
    log: '',
  });
  expect(pushedFile(ended.image, 'layers/test_attack/layer/file')).toEqual({ kind: '-', text: 'built\n' });
  expect(pushedFile(ended.image, 'layers/test_attack/layer/late')).toBeUndefined();
  nothingLeft(ended);
});

describe("where somebody else waits for the registry's traffic", () => {
  const requests = async () => (await attacker.came()).filter(({ came }) => came === 'request');

  test('who does send a password there is heard', async () => {
    const options = { rejectUnauthorized: false, headers: { authorization: 'Basic aGVhcmQ=' } };
    const status = await new Promise((resolve, reject) => {
      request(attacker.url, options, ({ statusCode }) => {
        resolve(statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect([status, await requests()]).toEqual([401, [{ came: 'request', authorization: 'Basic aGVhcmQ=' }]]);
  });

  test('a buildpack that plants all that it can leads nothing there: the push is where it belongs', async () => {
    const { name } = registry;
    const ended = await build('planted', attacker.plant(name) + attacker.byHosts(name) + attacker.byNameServer());
    pushed(ended);
    expect(await attacker.came()).toEqual([]);
    nothingLeft(ended);
  });

  test("so does a package's script, which is root, as long as names lead to the registry", async () => {
    const ended = await install('root-planted', attacker.plant(registry.name));
    pushed(ended);
    expect(await attacker.came()).toEqual([]);
    nothingLeft(ended);
  });

  test.each([
    ['hosts', () => attacker.byHosts(registry.name)],
    ['name-server', () => attacker.byNameServer()],
  ])('where root leads the name there, nobody speaks to what is there, whatever else is planted: %s', async (how, lead) => {
    const ended = await install(`root-${how}`, attacker.plant(registry.name) + lead());
    const came = await attacker.came();
    expect(came).toContainEqual({ came: 'connection' });
    expect(came.filter((each) => each.came === 'request')).toEqual([]);
    expect([ended.succeeded, ended.digest]).toEqual([false, undefined]);
    expect(ended.logs).toContain(`the certificate of ${registry.name} is not trusted`);
    nothingLeft(ended);
  });
});

/** A file as it was pushed, of the uppermost layer that has it: its kind as tar shows it, and its text. */
function pushedFile(image: string, path: string): { readonly kind: string; readonly text: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'csb-pushed-'));
  try {
    registry.fetch(image, folder);
    const blob = (digest: string): string => join(folder, 'blobs', digest.replace(':', '/'));
    const read = (digest: string): unknown => JSON.parse(readFileSync(blob(digest), 'utf8'));
    const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { manifests: readonly { digest: string }[] };
    const { layers } = read(index.manifests[0]?.digest ?? '') as { layers: readonly { digest: string }[] };
    for (const { digest } of layers.toReversed()) {
      // The lifecycle ends an archive without the blocks by which tar knows its end: what it says of that is no matter.
      const tar = (...words: readonly string[]): string =>
        spawnSync('tar', ['--absolute-names', '--file', blob(digest), ...words], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout;
      const [, kind, name] = new RegExp(`^(.).* (/?${path})( -> .*)?$`, 'm').exec(tar('--list', '--verbose')) ?? [];
      if (kind !== undefined && name !== undefined) return { kind, text: tar('--extract', '--to-stdout', name) };
    }
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
