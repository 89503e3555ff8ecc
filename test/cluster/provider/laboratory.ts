/** Runs small Pulumi programs with the real CLI and provider, each in a stack, a backend and a namespace of its own. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endOrphans, UP_VARIABLE, upMarker } from '../../../cli/orphans';

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
}

const MANAGER = `annotations: { 'pulumi.com/patchFieldManager': 'scenario' }`;
let count = 0;

function execute(command: string, args: readonly string[], options: object, input = ''): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(command, [...args], { ...options, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, output: stdout + stderr });
    });
    child.stdin?.end(input);
  });
}

/** kubectl with standard input; throws when it fails. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const { code, output } = await execute('kubectl', args, {}, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${output}`);
  return output;
}

/** Polls until the question is answered by true. */
export async function eventually(question: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await question())) {
    if (Date.now() > end) throw new Error(`not within ${seconds} s`);
    await sleep(200);
  }
}

/** A Pulumi project with the provider as deploy.ts has it. */
export class Laboratory {
  readonly namespace = `provider-${process.pid}-${(count += 1)}`;
  private readonly directory = mkdtempSync(join(tmpdir(), 'provider-scenario-'));
  private readonly backend = `file://${this.directory}/state`;
  private readonly environment: NodeJS.ProcessEnv = {
    ...process.env,
    [UP_VARIABLE]: upMarker(this.backend, 'dev'),
    PULUMI_BACKEND_URL: this.backend,
    PULUMI_CONFIG_PASSPHRASE: 'scenario',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };

  /** Opens one for a scenario, and closes it afterwards. */
  static async with(scenario: (laboratory: Laboratory) => Promise<void>): Promise<void> {
    const laboratory = new Laboratory();
    try {
      mkdirSync(join(laboratory.directory, 'state'));
      symlinkSync(join(__dirname, '../../../node_modules'), join(laboratory.directory, 'node_modules'));
      const project = 'name: scenario\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n';
      writeFileSync(join(laboratory.directory, 'Pulumi.yaml'), project);
      writeFileSync(join(laboratory.directory, 'package.json'), '{ "name": "scenario", "version": "1.0.0" }\n');
      const { code, output } = await laboratory.pulumi('stack', 'init', 'dev');
      if (code !== 0) throw new Error(output);
      await kubectl(['create', 'namespace', laboratory.namespace]);
      await scenario(laboratory);
    } finally {
      endOrphans(laboratory.backend, 'dev');
      await kubectl(['delete', 'namespace', laboratory.namespace, '--ignore-not-found', '--wait=false']);
      rmSync(laboratory.directory, { recursive: true, force: true });
    }
  }

  /**
   * Sets the program. It finds `k8s`, `pulumi`, `namespace`, `configMap(resource, name, data, options)`, and `pod(resource, annotations, options)`,
   * which nothing schedules.
   */
  program(body: string, provider: Readonly<Record<string, unknown>> = {}): void {
    const flags = { enableServerSideApply: true, enableConfigMapMutable: true, enableSecretMutable: true, ...provider };
    writeFileSync(
      join(this.directory, 'index.js'),
      `const pulumi = require('@pulumi/pulumi');
       const k8s = require('@pulumi/kubernetes');
       const namespace = ${JSON.stringify(this.namespace)};
       const provider = new k8s.Provider('cluster', ${JSON.stringify(flags)});
       const configMap = (resource, name, data, options = {}) =>
         new k8s.core.v1.ConfigMap(resource, { metadata: { name, namespace, ${MANAGER} }, data }, { provider, ...options });
       const pod = (resource, more = {}, options = {}) =>
         new k8s.core.v1.Pod(resource, {
           metadata: { name: resource, namespace, annotations: { 'pulumi.com/patchFieldManager': 'scenario', ...more } },
           spec: { schedulerName: 'nobody', containers: [{ name: 'main', image: 'none' }] },
         }, { provider, ...options });
       ${body}\n`,
    );
  }

  async pulumi(...args: readonly string[]): Promise<Result> {
    return execute('pulumi', [...args, '--non-interactive', '--color=never'], { cwd: this.directory, env: this.environment });
  }

  up(...args: readonly string[]): Promise<Result> {
    return this.pulumi('up', '--yes', '--skip-preview', ...args);
  }

  preview(...args: readonly string[]): Promise<Result> {
    return this.pulumi('preview', ...args);
  }

  /** `up` with this program, which must succeed. */
  async mustUp(body: string, ...args: readonly string[]): Promise<void> {
    this.program(body);
    expect(await this.up(...args)).toMatchObject({ code: 0 });
  }

  /** Starts `up`, to be killed. */
  startUp(): ChildProcess {
    const args = ['up', '--yes', '--skip-preview', '--non-interactive'];
    return spawn('pulumi', args, { cwd: this.directory, env: this.environment, stdio: 'ignore' });
  }

  /** The state, as `pulumi stack export` writes it. */
  async stateText(): Promise<string> {
    return (await this.pulumi('stack', 'export')).output;
  }

  async stateOf(name: string): Promise<StateResource | undefined> {
    const { deployment } = JSON.parse(await this.stateText()) as { deployment: { resources: readonly StateResource[] } };
    return deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
  }

  /** A value of a live object; empty when the object is not there. */
  live(kind: string, name: string, jsonPath = '{.metadata.name}'): Promise<string> {
    return kubectl(['get', kind, name, '-n', this.namespace, '--ignore-not-found', '-o', `jsonpath=${jsonPath}`]);
  }

  /** Applies a ConfigMap as another manager than Pulumi. */
  applyAs(manager: string, name: string, data: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
    const manifest = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
    const flags = ['-n', this.namespace, '--server-side', `--field-manager=${manager}`, ...args, '-f', '-'];
    return kubectl(['apply', ...flags], JSON.stringify(manifest));
  }

  /** Sets a condition of a pod, once it is there: no controller takes part. */
  async setCondition(pod: string, type: string): Promise<void> {
    await eventually(async () => (await this.live('pod', pod)) !== '');
    const patch = { status: { conditions: [{ type, status: 'True' }] } };
    const flags = ['-n', this.namespace, '--subresource=status', '--type=merge', '-p', JSON.stringify(patch)];
    await kubectl(['patch', 'pod', pod, ...flags]);
  }
}
