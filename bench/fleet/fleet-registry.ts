import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { PlainRegistry } from '../../test/cluster/plain-registry';
import { mountBlob, pushBlob, pushManifest, type RepositoryAt, sha256 } from '../registry-writing';

const run = promisify(execFile);
const PORT = 5055;
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
/** Layers that buildpacks lay, as many as python311-sssd-web has. */
const ABOVE = 8;

interface Layer {
  readonly digest: string;
  readonly size: number;
  readonly diffId: string;
}

interface RunImage {
  readonly reference: string;
  readonly layers: readonly Layer[];
}

/** A run image, by digest, and the one that takes its place. */
export interface RunImages {
  readonly before: RunImage;
  readonly after: RunImage;
  /** The reference of the one that takes its place. */
  readonly now: string;
}

/** A registry of its own, with a fleet of images in it, each in a repository of its own. */
export class FleetRegistry {
  readonly host: string;
  private readonly folder: string;

  private constructor(readonly registry: PlainRegistry) {
    this.host = registry.host;
    this.folder = registry.folder;
  }

  static async open(port = PORT): Promise<FleetRegistry> {
    return new FleetRegistry(await PlainRegistry.open({ port }));
  }

  close(): Promise<void> {
    return this.registry.close();
  }

  /** The reference of an image of the fleet, as it is at first, or under another tag. */
  imageAt(i: number, tag = 'c-0'): string {
    return `${this.host}/fleet/tool-${i}:${tag}`;
  }

  /** A run image of so many layers, and one of which so many are others. They are small: no layer is read or sent when images are rebased. */
  async runImages(count: number, changed: number): Promise<RunImages> {
    const layers = await Promise.all(Array.from({ length: count }, (_, i) => this.layer('run', `run ${i}`)));
    const others = await Promise.all(Array.from({ length: changed }, (_, i) => this.layer('run', `run ${i}, updated`)));
    const before = await this.runImage('before', layers);
    // Those that are updated most lie at the top.
    const after = await this.runImage('after', [...layers.slice(0, count - changed), ...others]);
    return { before, after, now: after.reference };
  }

  /** Makes the images, all of the same layers. One is written; the others are copies of its repository, as the registry has it on its disk. */
  async makeImages({ before }: RunImages, count: number): Promise<void> {
    const above = await Promise.all(Array.from({ length: ABOVE }, (_, i) => this.layer('fleet/tool-0', `laid ${i}`)));
    for (const { digest } of before.layers) await mountBlob(this.at('fleet/tool-0'), digest, 'run');
    const runImage = { topLayer: before.layers.at(-1)?.diffId, reference: before.reference, image: `${this.host}/run` };
    await this.write('fleet/tool-0', 'c-0', [...before.layers, ...above], {
      Env: ['CNB_PLATFORM_API=0.15'],
      Labels: { ...DISTRO, 'io.buildpacks.rebasable': 'true', 'io.buildpacks.lifecycle.metadata': JSON.stringify({ runImage }) },
    });
    const place = (i: number): string => this.registry.repository(`fleet/tool-${i}`);
    for (let i = 1; i < count; i += 1) await cp(place(0), place(i), { recursive: true });
  }

  /** The file of a fleet: its first images, and what they are to be called. */
  async list(count: number, tag: string): Promise<string> {
    const file = join(this.folder, `fleet-${tag}`);
    await writeFile(file, Array.from({ length: count }, (_, i) => `${this.imageAt(i)} ${this.imageAt(i, tag)}\n`).join(''));
    return file;
  }

  /** Reads every image back: the run image's layers, and above them those that were there, under one digest whoever wrote it. */
  async mustStand({ before, after }: RunImages, count: number, tags: readonly string[]): Promise<void> {
    const layersOf = (text: string) => (JSON.parse(text) as { layers: readonly Layer[] }).layers.map(({ digest }) => digest);
    const digests = new Set<string>();
    for (let i = 0; i < count; i += 1) {
      const above = layersOf(await this.manifest(i, 'c-0')).slice(before.layers.length);
      for (const tag of tags) {
        const text = await this.manifest(i, tag);
        digests.add(sha256(text));
        if (layersOf(text).join() !== [...after.layers.map(({ digest }) => digest), ...above].join())
          throw new Error(`${this.imageAt(i, tag)} has other layers than it should`);
      }
    }
    if (digests.size !== 1)
      throw new Error(`${tags.join(', ')} have ${digests.size} digests, expected one: all are of the same layers`);
  }

  private async manifest(i: number, tag: string): Promise<string> {
    const response = await fetch(`http://${this.host}/v2/fleet/tool-${i}/manifests/${tag}`, { headers: { accept: MANIFEST } });
    if (!response.ok) throw new Error(`${this.imageAt(i, tag)}: the registry answered ${response.status}`);
    return response.text();
  }

  private at(repository: string): RepositoryAt {
    return { host: this.host, repository };
  }

  private async runImage(tag: string, layers: readonly Layer[]): Promise<RunImage> {
    const digest = await this.write('run', tag, layers, { Labels: DISTRO });
    return { reference: `${this.host}/run@${digest}`, layers };
  }

  private async layer(repository: string, content: string): Promise<Layer> {
    const file = join(this.folder, sha256(content).slice(7));
    await writeFile(file, content);
    const { stdout } = await run('tar', ['--create', '--mtime=@1', `--directory=${this.folder}`, sha256(content).slice(7)], {
      encoding: 'buffer',
    });
    const packed = gzipSync(stdout);
    const layer = { digest: sha256(packed), size: packed.length, diffId: sha256(stdout) };
    await pushBlob(this.at(repository), layer.digest, new Blob([packed]));
    return layer;
  }

  private async write(repository: string, tag: string, layers: readonly Layer[], config: object): Promise<string> {
    const text = JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      history: layers.map(() => ({ created_by: 'bench' })),
    });
    await pushBlob(this.at(repository), sha256(text), new Blob([text]));
    const described = {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: sha256(text),
      size: Buffer.byteLength(text),
    };
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: described,
      layers: layers.map(({ digest, size }) => ({ mediaType: LAYER, size, digest })),
    });
    await pushManifest(this.at(repository), tag, MANIFEST, manifest);
    return sha256(manifest);
  }
}

const DISTRO = { 'io.buildpacks.base.distro.name': 'debian', 'io.buildpacks.base.distro.version': '12' };
