/**
 * The README's way to "a cluster of your own", by its own commands: another environment, and a registry with TLS, an authority of its own,
 * a user and a prefix. Images are built, tried and promoted there. What stands on no registry's name is taken over from the platform's.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../lib/settings/settings';
import { registryName } from '../../../local/addresses';
import { contextName } from '../../../local/cluster/kubeconfig';
import { TlsRegistry } from '../tls-registry';
import { Checkout, digestOf, kubectl, type Result } from '../checkout';
import { OwnTools } from './own-tools';

const NAMESPACE = 'mine-images';
const ANNOTATIONS = 'cloud-services-buildpacks.toolforge.org';
const IMAGE = 'cloud/images/toolforge-python311-sssd-base';
const root = join(__dirname, '../../..');
const tools = new OwnTools();
const checkout = new Checkout(NAMESPACE, 'family');
let registry: TlsRegistry;

/** The commands of the README, in their order. */
const commands =
  /\n## A cluster of your own\n[^]*?\n```\n([^]*?)\n```\n/
    .exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1]
    ?.split('\n') ?? [];

/** Runs the next one, with what is yours in place of `<...>`. */
function next(begins: string, environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const line = commands.shift() ?? '';
  if (!line.startsWith(begins)) throw new Error(`the README has '${line}' where '${begins} ...' was expected`);
  const { host, user, password } = registry;
  const yours: Readonly<Record<string, string>> = { context: contextName, namespace: NAMESPACE, registry: host, user, password };
  return checkout.shell(
    line.replace(/<(\w+)>/g, (_, name: string) => yours[name] ?? `<${name}>`),
    environment,
  );
}

const mine = (...args: readonly string[]): Promise<Result> => checkout.start(['--environment', 'mine', ...args]).result;
const bootstrap = (environment: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Result> =>
  checkout.start(['--environment', 'mine', 'bootstrap', ...args], environment).result;
const inSystem = (...args: readonly string[]): string => kubectl('annotate', 'namespace', 'kube-system', ...args);
const settings = (): string => checkout.read('Pulumi.mine.yaml');
const onlyZero = ({ code, output }: Result): void => {
  expect(code === 0 ? '' : output).toBe('');
};

beforeAll(async () => {
  registry = await TlsRegistry.start(5444);
  for (const { name } of tools.all) kubectl('delete', 'namespace', `tool-${name}`, '--ignore-not-found');
  tools.add();
  // The cluster is nobody's, as a new one is.
  inSystem(`${ANNOTATIONS}/environment-`);
});

afterAll(async () => {
  await checkout.remove('mine');
  inSystem('--overwrite', `${ANNOTATIONS}/environment=local`);
  tools.remove();
  registry.stop();
});

test('settings are copied and edited', async () => {
  onlyZero(await next('cp Pulumi.tools.yaml'));
  const [one, two] = tools.all;
  const indented = registry.authority.trim().replace(/^/gm, '      ');
  const { mirror } = readSettings(root, 'local');
  checkout.edit('Pulumi.mine.yaml', (text) =>
    text
      .replace(/kubeContext: .*/, `kubeContext: ${contextName}`)
      .replace(/:namespace: .*/, `:namespace: ${NAMESPACE}`)
      .replace(/host: .*/, `host: ${registry.host}\n    prefix: cloud/images\n    certificateAuthority: |\n${indented}`)
      .replace(/( +)pushSecret: .*/, '$&\n$1pullSecret: registry-pull')
      .replace(/debian: .*/, `debian: ${mirror.debian}`)
      .replace(/security: .*/, `security: ${mirror.security}`)
      .replace(
        /( +)cloud-services-buildpacks:toolforge:/,
        '$1cloud-services-buildpacks:families: [python311]\n$1cloud-services-buildpacks:promotes: all\n$&',
      )
      .replace(/mounts: .*/, 'mounts: declared')
      .replace(/name: image-contract-one, uid: \d+/, `name: ${one.name}, uid: ${one.uid}`)
      .replace(/name: image-contract-two, uid: \d+/, `name: ${two.name}, uid: ${two.uid}`),
  );
});

test('without credentials nothing is pushed, and the settings stay', async () => {
  const before = settings();
  const { code, output } = await bootstrap({ DOCKER_CONFIG: '/nowhere' });
  expect(output).toMatch(
    /csb-registry: .*\n.*cloud\/images\/platform\/toolbox was not pushed; .*`docker login`, or name .* --auth/,
  );
  expect(code).toBe(1);
  expect(settings()).toBe(before);
});

test("with the caller's own, the registry has both, and the settings name them by digest, a comment where it was", async () => {
  onlyZero(await next('npm run csb -- --environment mine bootstrap', { DOCKER_CONFIG: registry.docker }));
  const { toolbox, lifecycle } = readSettings(checkout.directory, 'mine');
  const at = `${registry.host}/cloud/images/platform`;
  expect(toolbox).toMatch(new RegExp(`^${at}/toolbox:\\d{4}-\\d{2}-\\d{2}@sha256:[0-9a-f]{64}$`));
  expect(lifecycle).toMatch(new RegExp(`^${at}/lifecycle:0\\.21\\.0@sha256:[0-9a-f]{64}$`));
  for (const reference of [toolbox, lifecycle]) {
    const [, repository = '', digest = ''] = /^[^/]+\/([^:@]+)(?::[^@]+)?@(.+)$/.exec(reference) ?? [];
    expect(await registry.ask(`${repository}/manifests/${digest}`)).toEqual({ code: 200, digest });
  }
  expect(settings()).toContain('\n  # `npm run csb -- --environment tools bootstrap` pushes both');
});

test('a second time, with credentials by name, changes nothing', async () => {
  const before = settings();
  onlyZero(await bootstrap({ DOCKER_CONFIG: '/nowhere' }, '--auth', join(registry.docker, 'config.json')));
  expect(settings()).toBe(before);
});

test('the embedded platform makes its own', async () => {
  const { code, output } = await checkout.csb('bootstrap');
  expect(output).toBe("'local' is the embedded platform, which makes these images itself: npm start\n");
  expect(code).toBe(1);
});

test('nothing is applied to a cluster before it is said whose it is', async () => {
  onlyZero(await next('npm run synth'));
  const { code, output } = await mine('up');
  expect([code, output]).toEqual([1, expect.stringContaining("belongs to no environment, not to 'mine'")]);
  onlyZero(await next('kubectl --context'));
});

test('the Secrets are made where `up` finds them', async () => {
  for (const what of ['create namespace', 'annotate namespace', '--namespace'])
    onlyZero(await next(`kubectl --context <context> ${what} <namespace>`));
  // As the text says of pullSecret, and of the namespaces of tools.
  const { host, user, password } = registry;
  const login = [`--docker-server=${host}`, `--docker-username=${user}`, `--docker-password=${password}`];
  for (const { name } of tools.all) {
    kubectl('create', 'namespace', `tool-${name}`);
    kubectl('annotate', 'namespace', `tool-${name}`, `${ANNOTATIONS}/path=tools/${name}`);
  }
  for (const namespace of [NAMESPACE, ...tools.all.map(({ name }) => `tool-${name}`)])
    kubectl('--namespace', namespace, 'create', 'secret', 'docker-registry', 'registry-pull', ...login);
});

test('images are built, tried and promoted', async () => {
  for (const name of declared())
    if ((await digestOf(`${registryName}/${name}`)) !== undefined) registry.take(name, `cloud/images/${name}`);
  onlyZero(await next('npm run csb -- --environment mine up'));
  expect(commands).toEqual([]);
  const [latest, testing] = await Promise.all(['latest', 'testing'].map((tag) => registry.ask(`${IMAGE}/manifests/${tag}`)));
  expect(latest).toEqual({ code: 200, digest: expect.stringMatching(/^sha256:/) as string });
  expect(testing).toEqual(latest);
  const run = runs().find(({ metadata }) => metadata.name.startsWith('python311-sssd-base-'));
  const results = Object.fromEntries(run?.status.results.map(({ name, value }) => [name, value]) ?? []);
  expect(results).toEqual({
    digest: latest?.digest,
    made: 'built',
    contract: expect.stringMatching(/^\d+ passed, \d+ not applicable, \d+ seconds$/) as string,
  });
}, 1_800_000);

test('what the registry attests can be read', async () => {
  const { code, output } = await mine('contract');
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(
      /python311-sssd-web\.md: \d+ passed, 0 failed, \d+ do not apply\n.*python311-sssd-base\.md: \d+ passed, 0 failed, \d+ do not apply\n$/,
    ),
  ]);
  expect(checkout.read('docs/contract/python311-sssd-base.md')).toContain('# ');
});

test('what nothing needs is removed from the registry, and what is public is there', async () => {
  const [runtime = ''] = declared().filter((name) => name.includes('/runtimes/'));
  const address = `c-${'0'.repeat(16)}`;
  registry.take(runtime, `${IMAGE}:${address}`);
  const shown = await mine('prune');
  expect(`${shown.code} ${shown.output}`).toMatch(
    /^0 [^]*\n(\S+\/)?toolforge-python311-sssd-base +1\n1 manifest goes and \d+ stay; at most [\d.]+ MB are free then/,
  );
  expect((await registry.ask(`${IMAGE}/manifests/${address}`)).code).toBe(200);
  const { code, output } = await mine('prune', '--go');
  expect(`${code} ${output}`).toMatch(/^0 [^]*\n1 of 1 manifests are removed\./);
  expect((await registry.ask(`${IMAGE}/manifests/${address}`)).code).toBe(404);
  expect((await registry.ask(`${IMAGE}/manifests/latest`)).code).toBe(200);
});

/** What the other environment's registry may have under the same address: all that does not name a registry. */
function declared(): readonly string[] {
  const texts = readdirSync(join(checkout.directory, 'dist/mine')).map((file) => checkout.read(`dist/mine/${file}`));
  const names = texts.flatMap((text) => [...text.matchAll(/cloud\/images\/(platform\/[a-z0-9/-]+:c-[0-9a-f]{16})\b/g)]);
  return [...new Set(names.map(([, name = '']) => name))].filter((name) => !name.includes('/builders/'));
}

interface Run {
  readonly metadata: { readonly name: string };
  readonly status: { readonly results: readonly { readonly name: string; readonly value: string }[] };
}

function runs(): readonly Run[] {
  const all = kubectl('--namespace', NAMESPACE, 'get', 'pipelineruns', '--output=json');
  return (JSON.parse(all) as { items: readonly Run[] }).items;
}
