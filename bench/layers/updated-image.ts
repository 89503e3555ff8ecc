import { execFile } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { forget } from '../../test/cluster/checkout';
import { type Layer, REGISTRY, repositories, tagsOf } from '../../test/cluster/rebase/registry-content';
import { mountBlob, pushBlob, pushManifest, type RepositoryAt, sha256 } from '../registry-writing';

const run = promisify(execFile);
const PREFIX = 'bench-layers/';
const TYPES = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

interface Manifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

interface Config {
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

/** Where the registry has an image. */
export interface Place {
  readonly repository: string;
  readonly tag: string;
}

/**
 * Pushes an image as it is after an update: these of its layers are others, of the same content and one file more.
 *
 * @param as - what this update is called, in lower-case letters and `-`; no other update makes the same layers
 */
export async function pushUpdated(
  { repository, tag }: Place,
  changed: readonly Layer[],
  as: string,
  interrupted: AbortSignal,
): Promise<Place> {
  const updated = { repository: `${PREFIX}${as}`, tag: 'latest' };
  const to = { host: REGISTRY, repository: updated.repository };
  const read = await ask(`${repository}/manifests/${tag}`);
  const manifest = (await read.json()) as Manifest;
  const config = (await (await ask(`${repository}/blobs/${manifest.config.digest}`)).json()) as Config;
  const layers: Descriptor[] = [];
  const ids: string[] = [];
  for (const [i, layer] of manifest.layers.entries()) {
    interrupted.throwIfAborted();
    const isOther = changed.some(({ digest }) => digest === layer.digest);
    const id = config.rootfs.diff_ids[i] ?? '';
    if (!isOther) await mountBlob(to, layer.digest, repository);
    const { descriptor, diffId } = isOther
      ? await pushOther(layer, repository, to, as, interrupted)
      : { descriptor: layer, diffId: id };
    layers.push(descriptor);
    ids.push(diffId);
  }
  const written = JSON.stringify({ ...config, rootfs: { ...config.rootfs, diff_ids: ids } });
  await pushBlob(to, sha256(written), new Blob([written]));
  const described = { ...manifest.config, digest: sha256(written), size: Buffer.byteLength(written) };
  const type = read.headers.get('content-type') ?? '';
  await pushManifest(to, updated.tag, type, JSON.stringify({ ...manifest, config: described, layers }));
  return updated;
}

async function pushOther(layer: Descriptor, from: string, to: RepositoryAt, as: string, interrupted: AbortSignal) {
  const work = await mkdtemp(join(tmpdir(), 'csb-updated-layer-'));
  try {
    const url = `http://${REGISTRY}/v2/${from}/blobs/${layer.digest}`;
    const { stdout } = await run(join(__dirname, 'updated-layer.sh'), [url, work, as], { signal: interrupted });
    const [archive = '', packed = ''] = stdout.split('\n');
    const content = await openAsBlob(join(work, 'layer.tar.gz'));
    const descriptor = { ...layer, digest: `sha256:${packed}`, size: content.size };
    await pushBlob(to, descriptor.digest, content);
    return { descriptor, diffId: `sha256:${archive}` };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function ask(path: string): Promise<Response> {
  const response = await fetch(`http://${REGISTRY}/v2/${path}`, { headers: { accept: TYPES } });
  if (response.ok) return response;
  throw new Error(`the registry answered ${response.status} to ${path}`);
}

/** Makes the registry forget all updated images, those of an earlier run that was ended among them. */
export async function forgetUpdated(): Promise<void> {
  for (const repository of await repositories(PREFIX))
    for (const tag of await tagsOf(repository)) await forget(`${REGISTRY}/${repository}:${tag}`);
}
