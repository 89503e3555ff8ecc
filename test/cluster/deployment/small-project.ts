import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../checkout';
import type { SmallDeclaration } from './small-program';

const repository = join(__dirname, '../../..');

/** A Pulumi project of a few objects, with a backend and a namespace of its own, on the real engine and provider. */
export class SmallProject {
  readonly directory = mkdtempSync(join(tmpdir(), 'csb-small-'));
  private readonly environment: NodeJS.ProcessEnv;

  constructor(
    readonly namespace: string,
    extra: NodeJS.ProcessEnv = {},
    program = { module: 'test/cluster/deployment/small-program', name: 'deploySmall' },
  ) {
    const write = (file: string, content: string): void => {
      writeFileSync(join(this.directory, file), content);
    };
    write(
      'Pulumi.yaml',
      `name: small\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false, nodeargs: --require ${join(repository, 'cli/require.cjs')} } }\n`,
    );
    write('package.json', '{ "name": "small", "version": "1.0.0" }\n');
    write('index.ts', `module.exports = () => require('${join(repository, program.module)}').${program.name}();\n`);
    symlinkSync(join(repository, 'node_modules'), join(this.directory, 'node_modules'));
    mkdirSync(join(this.directory, 'state'));
    this.environment = {
      ...process.env,
      PULUMI_BACKEND_URL: `file://${this.directory}/state`,
      PULUMI_CONFIG_PASSPHRASE: 'small',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      ...extra,
    };
    // What a test that was killed may have left.
    execFileSync('kubectl', ['delete', 'namespace', namespace, '--ignore-not-found'], { stdio: 'ignore' });
    execFileSync('kubectl', ['create', 'namespace', namespace], { stdio: 'ignore' });
    execFileSync('pulumi', ['stack', 'init', 'dev', '--non-interactive'], {
      cwd: this.directory,
      env: this.environment,
      stdio: 'ignore',
    });
  }

  declare(declaration: Omit<SmallDeclaration, 'namespace'>): void {
    this.hand(declaration);
  }

  /** Gives another program what it reads from declaration.json, with the namespace. */
  hand(declaration: object): void {
    writeFileSync(join(this.directory, 'declaration.json'), JSON.stringify({ namespace: this.namespace, ...declaration }));
  }

  pulumi(...args: readonly string[]): Promise<Result> {
    return this.start(args).result;
  }

  up(...args: readonly string[]): Promise<Result> {
    return this.pulumi('up', '--yes', '--skip-preview', ...args);
  }

  /** Starts a command in a process group of its own. */
  start(args: readonly string[]): { readonly child: ChildProcess; readonly result: Promise<Result> } {
    const child = spawn('pulumi', [...args, '--stack', 'dev', '--non-interactive', '--color', 'never'], {
      cwd: this.directory,
      env: this.environment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
    const result = new Promise<Result>((resolve) =>
      child.on('close', (code) => {
        resolve({ code, output });
      }),
    );
    return { child, result };
  }

  /** The state as Pulumi exports it. */
  async state(): Promise<string> {
    const file = join(this.directory, 'exported.json');
    await this.pulumi('stack', 'export', '--file', file);
    return readFileSync(file, 'utf8');
  }

  /** Uid and resource version of every ConfigMap and Task: what differs when an object was touched. */
  liveObjects(): string {
    const columns = 'custom-columns=KIND:.kind,NAME:.metadata.name,UID:.metadata.uid,VERSION:.metadata.resourceVersion';
    return execFileSync('kubectl', ['get', 'configmaps,tasks', '-n', this.namespace, '-o', columns], { encoding: 'utf8' });
  }

  remove(): void {
    execFileSync('kubectl', ['delete', 'namespace', this.namespace, '--ignore-not-found', '--wait=false'], { stdio: 'ignore' });
    rmSync(this.directory, { recursive: true, force: true });
  }
}
