import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copiedCheckout } from '../copied-checkout';

const NODE = '172.30.0.1';

export interface Result {
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

/** A command that goes on: wait for its end, or end it. */
export interface Running {
  readonly child: ChildProcess;
  /** What it has printed by now. */
  said(): string;
  readonly result: Promise<Result>;
}

/**
 * A checkout of one's own, in which an administrator changes declarations and runs commands: the same cluster and registry as everybody,
 * a namespace and a Pulumi backend of its own.
 */
export class Checkout {
  readonly directory = copiedCheckout();
  readonly backend = join(this.directory, 'backend');

  /** @param declares - what the bookworm base consists of beyond the essential packages; or the `family` python311 and all that it stands on */
  constructor(
    readonly namespace: string,
    declares: readonly string[] | 'family' = [],
  ) {
    // What a test that was killed may have left.
    kubectl('delete', 'namespace', ...this.namespaces(), '--ignore-not-found');
    mkdirSync(this.backend);
    this.edit('Pulumi.local.yaml', (text) => text.replace(/:namespace: .*/, `:namespace: ${namespace}`));
    if (declares === 'family') {
      this.edit('Pulumi.local.yaml', (text) => text.replace(/:families: .*/, ':families: [python311]'));
      return;
    }
    // Tools of its own, too: the others' are others' to destroy.
    this.edit('Pulumi.local.yaml', (text) =>
      text.replace('name: demo-one', `name: ${namespace}-one`).replace('name: demo-two', `name: ${namespace}-two`),
    );
    writeFileSync(join(this.directory, 'stacks/environment.ts'), environmentOfOneBase(declares));
  }

  read(file: string): string {
    return readFileSync(join(this.directory, file), 'utf8');
  }

  edit(file: string, change: (text: string) => string): void {
    const before = this.read(file);
    const after = change(before);
    if (after === before) throw new Error(`${file} has nothing of what was to be changed`);
    writeFileSync(join(this.directory, file), after);
  }

  /** Starts `csb <args>`; ends with its output. */
  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    return this.spawn('node', ['--require', './cli/require.cjs', 'cli/main.ts', ...args], environment);
  }

  csb(...args: readonly string[]): Promise<Result> {
    return this.start(args).result;
  }

  /** A line of shell. */
  shell(line: string, environment: NodeJS.ProcessEnv = {}): Promise<Result> {
    return this.spawn('bash', ['-c', line], environment).result;
  }

  /** A command of the embedded platform; its output. */
  async local(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.spawn('node', ['--require', './cli/require.cjs', 'local/main.ts', ...args]).result;
    if (code !== 0) throw new Error(`local ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  pulumi(...args: readonly string[]): Promise<Result> {
    return this.spawn('pulumi', [...args, '--stack', 'local', '--non-interactive']).result;
  }

  /** The reference that the base has in the registry. */
  image(): string {
    const { code, output } = spawnSynth(this.directory);
    const found = /\/image: (\S+)/.exec(output)?.[1];
    if (found === undefined) throw new Error(`synth ended with ${code}:\n${output}`);
    return found;
  }

  /** The process of the `pulumi up` that holds the stack's lock. */
  lockHolder(): number | undefined {
    const directory = join(this.backend, '.pulumi/locks/organization/cloud-services-buildpacks/local');
    const [file] = existsSync(directory) ? readdirSync(directory).filter((each) => each.endsWith('.json')) : [];
    return file === undefined ? undefined : (JSON.parse(readFileSync(join(directory, file), 'utf8')) as { pid: number }).pid;
  }

  /** Removes what the checkout put into the cluster, and the checkout. */
  async remove(environment = 'local'): Promise<void> {
    await this.start(['--environment', environment, 'destroy']).result;
    rmSync(this.directory, { recursive: true });
  }

  /** Leaves its namespaces to the cluster, and removes the checkout. `remove` is for one that has put more into the cluster than these. */
  discard(): void {
    kubectl('delete', 'namespace', ...this.namespaces(), '--ignore-not-found', '--wait=false');
    // An `up` of a test that failed may write still.
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Its own, and those of its tools. */
  private namespaces(): readonly string[] {
    return [this.namespace, `tool-${this.namespace}-one`, `tool-${this.namespace}-two`];
  }

  private spawn(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    // Where CI is set, colours are on even in a pipe; tests read words.
    const plain = { NO_COLOR: '1', FORCE_COLOR: undefined };
    const ours = { CSB_ENVIRONMENT_GIVEN: '1', PULUMI_BACKEND_URL: `file://${this.backend}` };
    const env = { ...process.env, ...plain, ...ours, ...environment };
    const child = spawn(command, args, { cwd: this.directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    const result = new Promise<Result>((resolve) =>
      child.on('close', (code) => {
        resolve({ code, output });
      }),
    );
    return { child, result, said: () => output };
  }
}

/** One build is enough to see how deployments go: the base of bookworm. */
function environmentOfOneBase(packages: readonly string[]): string {
  return `import { Base } from '../lib/buildpacks/base/base';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentApp } from '../lib/synth/app';
import { EnvironmentChart } from '../lib/synth/chart';
import { readLayerPlan } from './locks/read-layer-plan';
import { readLock } from './locks/read-lock';
import { PlatformChart } from './platform-chart';
import { ToolsChart } from './tools-chart';

export function declareEnvironment(environment: string, settings: Settings): EnvironmentApp {
  const app = new EnvironmentApp(environment);
  const tools = new ToolsChart(app, 'tools', settings);
  const platform = new PlatformChart(app, 'platform', { environment, settings, pins: {}, tools, languages: [] });
  const chart = new EnvironmentChart(app, 'bookworm', platform.chartProps);
  chart.addDependency(platform);
  new Base(chart, 'base', {
    kind: 'debian',
    name: 'bookworm',
    suite: 'bookworm',
    packages: ${JSON.stringify(packages)},
    lock: readLock('bookworm'),
    layers: readLayerPlan('bookworm'),
    pipelines: platform.builds,
  });
  return app;
}
`;
}

function spawnSynth(directory: string): Result {
  execFileSync('node', ['--require', './cli/require.cjs', 'main.ts'], { cwd: directory });
  return { code: 0, output: readFileSync(join(directory, 'dist/local/bookworm.yaml'), 'utf8') };
}

/** kubectl with the platform's kubeconfig. */
export function kubectl(...args: readonly string[]): string {
  // All runs of an environment are more than the usual mebibyte.
  return execFileSync('kubectl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 28 });
}

/** A registry answers with a digest of another kind of manifest when it is not told that this one is welcome. */
const MANIFESTS = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

/** The digest that the registry has for a reference; undefined when it has none. */
export async function digestOf(image: string): Promise<string | undefined> {
  const [, repository_, tag] = /^[^/]+\/(.+):([^:]+)$/.exec(image) ?? [];
  const url = `http://${NODE}:5000/v2/${repository_ ?? ''}/manifests/${tag ?? ''}`;
  const response = await fetch(url, { method: 'HEAD', headers: { accept: MANIFESTS } });
  return response.status === 404 ? undefined : (response.headers.get('docker-content-digest') ?? undefined);
}

/** Makes the registry forget an image, so that it has to be built. */
export async function forget(image: string): Promise<void> {
  const digest = await digestOf(image);
  if (digest === undefined) return;
  const [, name] = /^[^/]+\/(.+):[^:]+$/.exec(image) ?? [];
  const response = await fetch(`http://${NODE}:5000/v2/${name ?? ''}/manifests/${digest}`, { method: 'DELETE' });
  if (!response.ok) throw new Error(`the registry refused to delete ${image}: ${response.status}`);
}

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, seconds = 120): Promise<void> {
  for (let waited = 0; !holds(); waited += 0.2) {
    if (waited > seconds) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
