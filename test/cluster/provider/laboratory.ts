/**
 * Runs small Pulumi programs with the real CLI against the API server that KUBECONFIG names, each in a stack, a backend and a
 * namespace of its own.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Result {
  readonly code: number;
  /** Standard output and standard error. */
  readonly output: string;
}

/** One resource of Pulumi's state, as far as the scenarios look at it. */
export interface StateResource {
  readonly urn: string;
  readonly id?: string;
  readonly initErrors?: readonly string[];
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Provider arguments, e.g. `{ enableConfigMapMutable: true }`. */
export type Flags = Readonly<Record<string, boolean | string>>;

const repository = path.resolve(__dirname, '../../..');
const run = Date.now().toString(36);
let count = 0;

function execute(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; input?: string },
): Promise<Result> {
  return new Promise((resolve) => {
    const { input, ...rest } = options;
    const child = execFile(command, [...args], { ...rest, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      const missing = error !== null && 'syscall' in error ? `\n${error.message}` : '';
      resolve({ code, output: stdout + stderr + missing });
    });
    child.stdin?.end(input ?? '');
  });
}

/** kubectl with standard input; throws when it fails. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const result = await execute(process.env['KUBECTL'] ?? 'kubectl', args, input === undefined ? {} : { input });
  if (result.code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${result.output}`);
  return result.output;
}

/** Returns a value of a live object by JSON path, empty when the object is not there. */
export async function live(namespace: string, kind: string, name: string, jsonPath: string): Promise<string> {
  return kubectl(['get', kind, name, '-n', namespace, '--ignore-not-found', '-o', `jsonpath=${jsonPath}`]);
}

export async function exists(namespace: string, kind: string, name: string): Promise<boolean> {
  return (await kubectl(['get', kind, name, '-n', namespace, '--ignore-not-found', '-o', 'name'])) !== '';
}

export class Laboratory {
  public readonly namespace: string;
  private readonly directory: string;
  private readonly environment: NodeJS.ProcessEnv;

  private constructor(
    private readonly flags: Flags,
    extra: NodeJS.ProcessEnv,
  ) {
    count += 1;
    this.namespace = `provider-${run}-${process.env['JEST_WORKER_ID'] ?? '0'}-${count}`;
    this.directory = mkdtempSync(path.join(tmpdir(), 'provider-scenario-'));
    mkdirSync(path.join(this.directory, 'state'));
    symlinkSync(path.join(repository, 'node_modules'), path.join(this.directory, 'node_modules'));
    writeFileSync(
      path.join(this.directory, 'Pulumi.yaml'),
      'name: scenario\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n',
    );
    writeFileSync(path.join(this.directory, 'package.json'), '{ "name": "scenario", "version": "1.0.0" }\n');
    this.environment = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${this.directory}/state`,
      PULUMI_CONFIG_PASSPHRASE: 'scenario',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      ...extra,
    };
  }

  /** A stack with a provider of these flags, and a namespace in the cluster unless told otherwise. */
  public static async open(
    flags: Flags = {},
    options: { namespace?: boolean; environment?: NodeJS.ProcessEnv } = {},
  ): Promise<Laboratory> {
    const laboratory = new Laboratory(flags, options.environment ?? {});
    const initialized = await laboratory.pulumi(['stack', 'init', 'dev']);
    if (initialized.code !== 0) throw new Error(initialized.output);
    if (options.namespace !== false) await kubectl(['create', 'namespace', laboratory.namespace]);
    return laboratory;
  }

  /**
   * Sets the program. It finds `k8s`, `pulumi`, `namespace`, `opts(more)` with the provider, `meta(name, more)` and
   * `configMap(resource, name, data, more, opts)`.
   */
  public program(body: string): void {
    const prelude = `
      const pulumi = require('@pulumi/pulumi');
      const k8s = require('@pulumi/kubernetes');
      const namespace = ${JSON.stringify(this.namespace)};
      const provider = new k8s.Provider('cluster', ${JSON.stringify(this.flags)});
      const opts = (more = {}) => ({ provider, ...more });
      const meta = (name, more = {}) => ({ name, namespace, ...more });
      const configMap = (resource, name, data, more = {}, options = {}) =>
        new k8s.core.v1.ConfigMap(resource, { metadata: meta(name, more), data }, opts(options));
    `;
    writeFileSync(path.join(this.directory, 'index.js'), `${prelude}\n${body}\n`);
  }

  /** From now on KUBECONFIG names one and the same file, with this content. */
  public useKubeconfig(content: string): void {
    const file = path.join(this.directory, 'kubeconfig');
    writeFileSync(file, content);
    this.environment['KUBECONFIG'] = file;
  }

  public async pulumi(args: readonly string[]): Promise<Result> {
    return execute('pulumi', [...args, '--non-interactive', '--color=never'], { cwd: this.directory, env: this.environment });
  }

  public async up(...args: string[]): Promise<Result> {
    return this.pulumi(['up', '--yes', '--skip-preview', ...args]);
  }

  public async preview(...args: string[]): Promise<Result> {
    return this.pulumi(['preview', ...args]);
  }

  public async refresh(...args: string[]): Promise<Result> {
    return this.pulumi(['refresh', '--yes', '--skip-preview', ...args]);
  }

  public async destroy(): Promise<Result> {
    return this.pulumi(['destroy', '--yes', '--skip-preview']);
  }

  /** Starts `up` in a process group of its own. */
  public startUp(): ChildProcess {
    const args = ['up', '--yes', '--skip-preview', '--non-interactive'];
    return spawn('pulumi', args, { cwd: this.directory, env: this.environment, detached: true, stdio: 'ignore' });
  }

  public async state(): Promise<StateResource[]> {
    return (await this.deployment()).resources ?? [];
  }

  public async stateText(): Promise<string> {
    return JSON.stringify(await this.deployment());
  }

  public async stateOf(name: string): Promise<StateResource | undefined> {
    return (await this.state()).find((resource) => resource.urn.endsWith(`::${name}`));
  }

  public async close(): Promise<void> {
    this.killLeftovers();
    await kubectl(['delete', 'namespace', this.namespace, '--ignore-not-found', '--wait=false']);
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** A killed CLI leaves its language host and plugins; they are known by the backend in their environment. */
  private killLeftovers(): void {
    if (!existsSync('/proc/self/environ')) return;
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const environment = readFileSync(`/proc/${id}/environ`, 'utf8').split('\0');
        if (environment.includes(`PULUMI_BACKEND_URL=file://${this.directory}/state`)) process.kill(Number(id), 'SIGKILL');
      } catch {
        // It ended meanwhile, or belongs to someone else.
      }
    }
  }

  private async deployment(): Promise<{ readonly resources?: StateResource[] }> {
    const exported = await this.pulumi(['stack', 'export']);
    return (JSON.parse(exported.output) as { deployment: { resources?: StateResource[] } }).deployment;
  }
}

/** Opens a laboratory for one scenario and closes it afterwards. */
export async function inLaboratory(
  use: (laboratory: Laboratory) => Promise<void>,
  flags: Flags = {},
  options: { namespace?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const laboratory = await Laboratory.open(flags, options);
  try {
    await use(laboratory);
  } finally {
    await laboratory.close();
  }
}

/** Polls until the question is answered by true. */
export async function eventually(question: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Kills the CLI as `kill -9` does: nothing of it can clean up. */
export function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}
