/** A registry as people have one elsewhere: TLS, a certificate of an authority of its own, a user with a password. It runs on the node, beside the platform's. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeAddress, registryAddress } from '../../local/addresses';
import { nodeStatePath } from '../../local/directories';
import { findNode } from '../../local/node/holder';
import { inNodeNetwork, Opening } from './node-network';

// bcrypt of the password, as htpasswd makes it.
const HTPASSWD = 'pusher:$2y$05$abcdefghijklmnopqrstuu85MXjg6exOQL.AXFImpsqFFSBHJgLRe';
const MANIFESTS = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

/** What a registry answers of a path. */
interface Answer {
  readonly code: number | undefined;
  readonly digest: string | undefined;
}

/** Makes a certificate that is its own authority, `cert.pem` and `key.pem`, in a folder. */
export function makeCertificate(folder: string): void {
  const names = `subjectAltName=DNS:registry.local,IP:${nodeAddress}`;
  const words = ['-subj', '/CN=test', '-addext', names, '-addext', 'basicConstraints=critical,CA:TRUE', '-days', '2'];
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...key, ...words], {
    stdio: 'ignore',
    env: { ...process.env, OPENSSL_CONF: '/dev/null' },
  });
}

export class TlsRegistry {
  readonly user = 'pusher';
  readonly password = 'correct-horse-battery-staple';
  /** By number, as everybody reaches it, this machine among them. */
  readonly host: string;
  /** By the name that pods know. */
  readonly name: string;
  /** Its authority, in PEM. */
  readonly authority: string;
  /** A folder as docker's, with the credentials. */
  readonly docker: string;

  private server: ChildProcess | undefined;
  private readonly opening: Opening;

  private constructor(
    readonly node: number,
    private readonly folder: string,
    port: number,
  ) {
    this.host = `${nodeAddress}:${port}`;
    this.name = `registry.local:${port}`;
    this.opening = new Opening(node, ['-p', 'tcp', '-d', nodeAddress, '--dport', String(port)]);
    makeCertificate(folder);
    this.authority = readFileSync(join(folder, 'cert.pem'), 'utf8');
    this.docker = join(folder, 'docker');
    mkdirSync(this.docker);
    const auth = Buffer.from(`${this.user}:${this.password}`).toString('base64');
    writeFileSync(join(this.docker, 'config.json'), JSON.stringify({ auths: { [this.host]: { auth }, [this.name]: { auth } } }));
  }

  /** @param port - of the node, which no other test uses */
  static async start(port: number): Promise<TlsRegistry> {
    const node = await findNode();
    if (node === undefined) throw new Error('the embedded platform does not run; start it with: npm start');
    const registry = new TlsRegistry(node, mkdtempSync(join(tmpdir(), 'csb-registry-')), port);
    registry.close(); // what a test that was killed has left
    registry.serve();
    registry.open();
    for (let tries = 0; (await registry.ask('').catch(() => ({ code: 0 }))).code !== 200; tries += 1) {
      if (tries > 100) throw new Error(`the registry ${registry.host} does not answer`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return registry;
  }

  stop(): void {
    this.server?.kill();
    this.close();
    rmSync(this.folder, { recursive: true });
  }

  /** @param path - below /v2/, such as `cloud/images/x/manifests/latest` */
  ask(path: string): Promise<Answer> {
    const headers = {
      accept: MANIFESTS,
      authorization: `Basic ${Buffer.from(`${this.user}:${this.password}`).toString('base64')}`,
    };
    return new Promise((resolve, reject) => {
      request(`https://${this.host}/v2/${path}`, { headers, ca: this.authority, method: 'HEAD' }, (response) => {
        response.resume();
        resolve({ code: response.statusCode, digest: response.headers['docker-content-digest'] as string | undefined });
      })
        .on('error', reject)
        .end();
    });
  }

  /** Puts an image of the platform's registry into this one. Both names are without a registry. */
  take(from: string, to: string): void {
    this.skopeo('copy', '--src-tls-verify=false', `docker://${registryAddress}/${from}`, this.locate(to));
  }

  /** Puts an image of this registry into a folder, as an OCI layout. */
  fetch(name: string, layout: string): void {
    this.skopeo('copy', this.locate(name), `oci:${layout}:image`);
  }

  /** Puts an image of an OCI layout into this registry. */
  put(layout: string, name: string): void {
    this.skopeo('copy', `oci:${layout}`, this.locate(name));
  }

  private locate(name: string): string {
    return `docker://${this.host}/${name}`;
  }

  private skopeo(...words: readonly string[]): void {
    const certificates = join(this.folder, 'certificates');
    mkdirSync(certificates, { recursive: true });
    writeFileSync(join(certificates, 'ca.crt'), this.authority);
    const isSource = words[1]?.startsWith('docker://' + this.host) === true;
    const side = isSource ? 'src' : 'dest';
    const access = [`--${side}-cert-dir=${certificates}`, `--${side}-authfile=${join(this.docker, 'config.json')}`];
    const [command = '', ...rest] = words;
    execFileSync('skopeo', [command, '--quiet', '--preserve-digests', ...access, ...rest], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  private serve(): void {
    const file = (name: string): string => join(this.folder, name);
    writeFileSync(file('htpasswd'), `${HTPASSWD}\n`);
    const configuration = {
      version: '0.1',
      log: { level: 'warn', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: file('storage') }, delete: { enabled: true } },
      http: { addr: this.host, tls: { certificate: file('cert.pem'), key: file('key.pem') } },
      auth: { htpasswd: { realm: 'test', path: file('htpasswd') } },
    };
    writeFileSync(file('config.json'), JSON.stringify(configuration));
    const [program, words] = inNodeNetwork(this.node, ['docker-registry', 'serve', file('config.json')]);
    this.server = spawn(program, words, { stdio: 'ignore' });
  }

  /** Lets pods call it, and has the node trust it: what whoever runs a cluster does. */
  private open(): void {
    this.opening.open();
    for (const host of [this.host, this.name]) {
      const folder = certificatesOf(host);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'ca.crt'), this.authority);
      writeFileSync(
        join(folder, 'hosts.toml'),
        `server = "https://${this.host}"\n[host."https://${this.host}"]\n  capabilities = ["pull", "resolve"]\n` +
          `  ca = "/node/config/containerd/certs.d/${host}/ca.crt"\n`,
      );
    }
  }

  private close(): void {
    this.opening.close();
    for (const host of [this.host, this.name]) rmSync(certificatesOf(host), { recursive: true, force: true });
  }
}

const certificatesOf = (host: string): string => nodeStatePath('config/containerd/certs.d', host);
