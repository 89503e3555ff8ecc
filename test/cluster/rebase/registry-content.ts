import { registryAddress } from '../../../local/addresses';

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

async function ask<T>(path: string): Promise<T | undefined> {
  const response = await fetch(`http://${REGISTRY}/v2/${path}`, { headers: { accept: MANIFESTS } });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`the registry answered ${response.status} to ${path}`);
  return JSON.parse(await response.text()) as T;
}

/** The repositories whose names begin so. */
export async function repositories(prefix: string): Promise<string[]> {
  const catalog = await ask<{ repositories: string[] }>('_catalog?n=1000');
  return (catalog?.repositories ?? []).filter((name) => name.startsWith(prefix));
}

export async function tagsOf(repository: string): Promise<string[]> {
  return (await ask<{ tags: string[] | null }>(`${repository}/tags/list`))?.tags ?? [];
}

/**
 * The layers of an image, the lowest first.
 *
 * @param reference - a tag or a digest
 * @throws Error when the registry does not have it
 */
export async function layersOf(repository: string, reference: string): Promise<Layer[]> {
  const manifest = await ask<Manifest>(`${repository}/manifests/${reference}`);
  if (manifest === undefined) throw new Error(`the registry has no ${repository}:${reference}`);
  const config = await ask<Config>(`${repository}/blobs/${manifest.config.digest}`);
  const makers = (config?.history ?? []).filter((entry) => entry.empty_layer !== true);
  return manifest.layers.map(({ digest, size }, i) => ({ digest, size, what: makers[i]?.created_by ?? '' }));
}

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly size: number }[];
}

interface Config {
  readonly history: readonly { readonly created_by?: string; readonly empty_layer?: boolean }[];
}
