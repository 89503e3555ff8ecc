import { type ExecaChildProcess, execa } from 'execa';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REGISTRY } from '../../test/cluster/rebase/registry-content';
import type { Place } from './updated-image';

/** What a pull took. */
export interface Pull {
  /** Until all layers are unpacked. */
  readonly seconds: number;
  /** Fetched: layers, and the manifest and the configuration. */
  readonly bytes: number;
}

/** A containerd that has no images yet, as a new node has one: with overlayfs, without the part for Kubernetes. Needs root. */
export class PullingNode {
  private constructor(
    private readonly folder: string,
    private readonly daemon: ExecaChildProcess,
    private readonly interrupted: AbortSignal,
  ) {}

  /** @param interrupted - ends it, and whatever it does */
  static async start(interrupted: AbortSignal): Promise<PullingNode> {
    const folder = await mkdtemp(join(tmpdir(), 'csb-bench-node-'));
    const config = join(folder, 'config.toml');
    await writeFile(
      config,
      `version = 2
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[plugins."io.containerd.internal.v1.opt"]
path = "${join(folder, 'opt')}"
`,
    );
    const folders = ['--root', join(folder, 'root'), '--state', join(folder, 'state'), '--address', join(folder, 'socket')];
    const daemon = execa('containerd', ['--config', config, ...folders], { stdio: 'ignore', reject: false });
    // Not by execa's own option, whose error nobody awaits while the daemon runs.
    interrupted.addEventListener('abort', () => daemon.kill(), { once: true });
    const node = new PullingNode(folder, daemon, interrupted);
    try {
      await node.answers();
      return node;
    } catch (error) {
      await node.remove();
      throw error;
    }
  }

  private async answers(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const { failed, stderr } = await this.ctr(['version'], false);
      this.interrupted.throwIfAborted();
      if (!failed) return;
      if (attempt === 60 || this.daemon.exitCode !== null) throw new Error(`containerd does not answer: ${stderr}`);
      await sleep(500);
    }
  }

  private ctr(args: readonly string[], reject = true) {
    return execa('ctr', ['--address', join(this.folder, 'socket'), ...args], { reject, signal: this.interrupted });
  }

  async pull(place: Place): Promise<Pull> {
    const before = await this.fetched();
    const start = performance.now();
    await this.ctr(['images', 'pull', '--plain-http', '--snapshotter', 'overlayfs', '--platform', 'linux/amd64', named(place)]);
    const seconds = (performance.now() - start) / 1000;
    return { seconds, bytes: (await this.fetched()) - before };
  }

  /** Forgets an image, and what no other one has of it, as if it had not been pulled. */
  async forget(place: Place): Promise<void> {
    await this.ctr(['images', 'remove', '--sync', named(place)]);
  }

  /** What it has of blobs, in bytes. */
  private async fetched(): Promise<number> {
    const blobs = join(this.folder, 'root/io.containerd.content.v1.content/blobs/sha256');
    const names = await readdir(blobs).catch(() => []);
    return (await Promise.all(names.map((name) => stat(join(blobs, name))))).reduce((total, { size }) => total + size, 0);
  }

  async remove(): Promise<void> {
    this.daemon.kill();
    await this.daemon;
    await rm(this.folder, { recursive: true, force: true });
  }
}

const named = ({ repository, tag }: Place): string => `${REGISTRY}/${repository}:${tag}`;
