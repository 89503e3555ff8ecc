/** A registry of a test's own in the node's network, without TLS and credentials, empty at first. It can be killed, and its disk be small. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeAddress } from '../../local/addresses';
import { environmentOf } from '../../local/components/component';
import { findNode } from '../../local/node/holder';
import { inNodeNetwork } from './node-network';

export interface PlainRegistryProps {
  /** Of the node, which nothing else uses, and to which `fetch` goes: not 5060 and 5061, which are of telephones. */
  readonly port: number;
  /** The size of its disk, in MiB: a file system in memory. @default - that of this machine */
  readonly megabytes?: number;
}

export class PlainRegistry {
  readonly host: string;
  /** Where its configuration and its content are, and files for it can be. */
  readonly folder = mkdtempSync(join(tmpdir(), 'csb-registry-'));
  private server: ChildProcess | undefined;

  private constructor(
    private readonly node: number,
    private readonly props: PlainRegistryProps,
  ) {
    this.host = `${nodeAddress}:${props.port}`;
    mkdirSync(this.storage());
    if (props.megabytes !== undefined)
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${props.megabytes}m`, 'tmpfs', this.storage()]);
    const configuration = {
      version: '0.1',
      log: { level: 'error', accesslog: { disabled: true } },
      // With the cache that Debian's package has in its configuration.
      storage: { filesystem: { rootdirectory: this.storage() }, cache: { blobdescriptor: 'inmemory' } },
      // Uploads go on after a restart.
      http: { addr: this.host, secret: randomBytes(16).toString('hex') },
    };
    writeFileSync(join(this.folder, 'config.json'), JSON.stringify(configuration));
  }

  static async open(props: PlainRegistryProps): Promise<PlainRegistry> {
    const node = await findNode();
    if (node === undefined) throw new Error('the embedded platform does not run; start it with: npm start');
    const registry = new PlainRegistry(node, props);
    await registry.start();
    return registry;
  }

  /** Starts it, after a kill as well, and waits until it answers. */
  async start(): Promise<void> {
    if (await this.answers()) {
      await this.close();
      throw new Error(`another registry has ${this.host}; end it`);
    }
    const [program, words] = inNodeNetwork(this.node, ['docker-registry', 'serve', join(this.folder, 'config.json')]);
    const server = spawn(program, words, { stdio: 'ignore', env: { ...process.env, ...environmentOf() } });
    this.server = server;
    for (let tries = 0; !(await this.answers()); tries += 1) {
      if (server.exitCode !== null || tries > 100) {
        await this.close();
        throw new Error(`the registry ${this.host} does not answer`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** kill -9 */
  async kill(): Promise<void> {
    const { server } = this;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    server.kill('SIGKILL');
    await gone;
  }

  /** Its disk gets this size. */
  resize(megabytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${megabytes}m`, this.storage()]);
  }

  async close(): Promise<void> {
    await this.kill();
    if (this.props.megabytes !== undefined) execFileSync('umount', [this.storage()]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A place in its content. */
  storage(...parts: readonly string[]): string {
    return join(this.folder, 'storage', ...parts);
  }

  /** The folder of a repository in its content. */
  repository(name: string): string {
    return this.storage('docker/registry/v2/repositories', name);
  }

  /** Whether a repository has a tag, by its files: it answers the same when it is asked. */
  hasTag(repository: string, tag: string): boolean {
    return existsSync(join(this.repository(repository), '_manifests/tags', tag, 'current/link'));
  }

  /** What a tag of a repository names, by its files. */
  digestOf(repository: string, tag: string): string {
    return readFileSync(join(this.repository(repository), '_manifests/tags', tag, 'current/link'), 'utf8');
  }

  /** How many uploads to a repository have begun and not ended. */
  uploads(repository: string): number {
    const folder = join(this.repository(repository), '_uploads');
    return existsSync(folder) ? readdirSync(folder).length : 0;
  }

  private answers(): Promise<boolean> {
    return fetch(`http://${this.host}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}
