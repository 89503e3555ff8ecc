/** The demo tools as the tests see them: over HTTP, by their pods, and by the files in their homes. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../../..');

/** Homes, as this machine has them: beside the platform's kubeconfig. */
const homes = join(dirname(process.env['KUBECONFIG'] ?? ''), 'project');

/** `npm start`, with what it said; before these tests it has run once. */
export function start(): string {
  return execFileSync('node', ['--require', './cli/require.cjs', 'local/start.ts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function kubectl(...args: readonly string[]): string {
  return execFileSync('kubectl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

interface PodTemplate {
  readonly spec: { readonly containers: readonly [PodContainer] };
}

interface PodContainer {
  readonly image: string;
  readonly env?: readonly { readonly name: string }[];
  readonly [field: string]: unknown;
}

/** What a pod beside the tool's own runs. */
export interface PodProps {
  /** A platform image by its name, `perl536-sssd-web`, or a tool's own by its repository, `tool-demo-one/hello`. */
  readonly image: string;
  readonly home: string;
  /** @default - what the image starts by itself */
  readonly command?: readonly string[];
}

export class ToolUnderTest {
  constructor(
    readonly name: string,
    readonly uid: number,
  ) {}

  /** A path in the home, on this machine. */
  home(path: string): string {
    return join(homes, this.name, path);
  }

  async get(path: string): Promise<{ readonly status: number; readonly text: string }> {
    const address = this.kubectl('get', 'service', this.name, '--output=jsonpath={.spec.clusterIP}');
    const response = await fetch(`http://${address}:8000${path}`);
    return { status: response.status, text: await response.text() };
  }

  async json(path: string): Promise<unknown> {
    return JSON.parse((await this.get(path)).text) as unknown;
  }

  /** The webservice's pod, as one field of it. */
  pod(field: string): string {
    return this.kubectl('get', 'pods', '--selector=app.kubernetes.io/component=web', `--output=jsonpath={.items[*]${field}}`);
  }

  /** Runs a program in the webservice's container. */
  exec(...command: readonly string[]): string {
    return this.kubectl('exec', `deployment/${this.name}`, '--', ...command);
  }

  /** What in the home does not belong to the tool, user and group. */
  strangeFiles(): string {
    const home = this.home('');
    return execFileSync('find', [home, '!', '(', '-uid', `${this.uid}`, '-gid', `${this.uid}`, ')'], { encoding: 'utf8' });
  }

  /**
   * Starts a webservice beside the tool's own, in a pod of the same shape.
   *
   * @returns the pod's address
   */
  startServer(pod: string, props: PodProps): string {
    this.createPod(pod, props, (container) => container);
    this.kubectl('wait', `pod/${pod}`, '--for=condition=Ready', '--timeout=300s');
    return this.kubectl('get', 'pod', pod, '--output=jsonpath={.status.podIP}');
  }

  /** Runs a command in a pod of the same shape, to its end. */
  runJob(pod: string, props: PodProps): void {
    this.createPod(pod, props, ({ ports, startupProbe, livenessProbe, readinessProbe, ...container }) => container);
    const deadline = Date.now() + 300_000;
    let phase = '';
    while (!['Succeeded', 'Failed'].includes(phase)) {
      if (Date.now() > deadline)
        throw new Error(`the pod ${pod} of ${this.name} is '${phase}' after 5 minutes, expected is its end`);
      execFileSync('sleep', ['1']);
      phase = this.kubectl('get', 'pod', pod, '--output=jsonpath={.status.phase}');
    }
  }

  /** Types lines into a login shell in a pod; what it showed. */
  typeInto(pod: string, lines: string): string {
    const shell = ['--namespace', `tool-${this.name}`, 'exec', '--stdin', pod, '--', '/bin/bash', '-il'];
    return execFileSync('kubectl', shell, { encoding: 'utf8', input: lines, stdio: ['pipe', 'pipe', 'ignore'] });
  }

  removePod(pod: string): void {
    // What it served has been seen.
    this.kubectl('delete', 'pod', pod, '--ignore-not-found', '--wait', '--now');
  }

  private createPod(pod: string, { image, home, command }: PodProps, changed: (container: PodContainer) => PodContainer): void {
    const { template } = (
      JSON.parse(this.kubectl('get', 'deployment', this.name, '--output=json')) as { spec: { template: PodTemplate } }
    ).spec;
    const [container] = template.spec.containers;
    const { image: own, env = [] } = container;
    const itsOwn = {
      image: own.replace(/toolforge-[^:@]+/, image.includes('/') ? image : `toolforge-${image}`),
      command,
      env: [...env.filter(({ name }) => name !== 'HOME'), { name: 'HOME', value: home }],
      workingDir: home,
    };
    const spec = { ...template.spec, restartPolicy: 'Never', containers: [{ ...changed(container), ...itsOwn }] };
    const metadata = { name: pod, namespace: `tool-${this.name}`, labels: { toolforge: 'tool' } };
    this.removePod(pod);
    execFileSync('kubectl', ['create', '--filename=-'], {
      input: JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata, spec }),
      stdio: ['pipe', 'ignore', 'inherit'],
    });
  }

  private kubectl(...args: readonly string[]): string {
    return kubectl('--namespace', `tool-${this.name}`, ...args);
  }
}
