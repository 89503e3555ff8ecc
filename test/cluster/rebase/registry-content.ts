import { createHash } from 'node:crypto';
import { registryAddress } from '../../../local/addresses';
import { digestOf } from '../checkout';

/** The registry as this machine reaches it. */
export const REGISTRY = registryAddress;

const MANIFESTS = 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

/** A layer as a registry has it. */
export interface Layer {
  readonly digest: string;
  /** In bytes, compressed. */
  readonly size: number;
  /** Who made it, as the image's history says. */
  readonly what: string;
}

/** An image as a registry has it. */
export interface Content {
  /** The SHA-256 of its manifest, counted here. */
  readonly digest: string;
  /** The lowest first. */
  readonly layers: readonly Layer[];
  /** Its configuration, byte for byte. */
  readonly configuration: string;
}

async function read(path: string): Promise<string | undefined> {
  const response = await fetch(`http://${REGISTRY}/v2/${path}`, { headers: { accept: MANIFESTS } });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`the registry answered ${response.status} to ${path}`);
  return response.text();
}

async function ask<T>(path: string): Promise<T | undefined> {
  const text = await read(path);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/** The repositories whose names begin so. */
export async function repositories(prefix: string): Promise<string[]> {
  const catalog = await ask<{ repositories: string[] }>('_catalog?n=1000');
  return (catalog?.repositories ?? []).filter((name) => name.startsWith(prefix));
}

export async function tagsOf(repository: string): Promise<string[]> {
  return (await ask<{ tags: string[] | null }>(`${repository}/tags/list`))?.tags ?? [];
}

/** What every tag names, as `<repository>:<tag>`, but for those of repositories whose names begin so. */
export async function tagsOutside(prefix: string): Promise<Map<string, string | undefined>> {
  const tags = new Map<string, string | undefined>();
  for (const repository of (await repositories('')).filter((name) => !name.startsWith(prefix)))
    for (const tag of await tagsOf(repository))
      tags.set(`${repository}:${tag}`, await digestOf(`${REGISTRY}/${repository}:${tag}`));
  return tags;
}

/**
 * What an image consists of; undefined when the registry does not have it.
 *
 * @param reference - a tag or a digest
 */
export async function contentOf(repository: string, reference: string): Promise<Content | undefined> {
  const text = await read(`${repository}/manifests/${reference}`);
  if (text === undefined) return undefined;
  const manifest = JSON.parse(text) as Manifest;
  const configuration = (await read(`${repository}/blobs/${manifest.config.digest}`)) ?? '{}';
  const makers = ((JSON.parse(configuration) as Config).history ?? []).filter((entry) => entry.empty_layer !== true);
  return {
    digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
    layers: manifest.layers.map(({ digest, size }, i) => ({ digest, size, what: makers[i]?.created_by ?? '' })),
    configuration,
  };
}

/**
 * The layers of an image, the lowest first.
 *
 * @param reference - a tag or a digest
 * @throws Error when the registry does not have it
 */
export async function layersOf(repository: string, reference: string): Promise<readonly Layer[]> {
  const content = await contentOf(repository, reference);
  if (content === undefined) throw new Error(`the registry has no ${repository}:${reference}`);
  return content.layers;
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

interface Config {
  readonly history?: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}
