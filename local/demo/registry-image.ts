/** What the platform's registry has: images by their tags, and the attestations of their contract. */
import { registryAddress, registryName } from '../addresses';

interface Manifest {
  readonly config: { readonly digest: string };
  readonly layers: readonly { readonly size: number }[];
}

export interface RegistryImage {
  readonly digest: string;
  readonly layers: number;
  /** Compressed, as pods pull it. */
  readonly megabytes: number;
}

const accept = ['application/vnd.oci.image.manifest.v1+json', 'application/vnd.docker.distribution.manifest.v2+json'].join(', ');

/** `registry.local:5000/platform/x:latest` as the registry's own API names it. */
function locate(reference: string): { readonly repository: string; readonly tag: string } {
  const [, repository, tag] = new RegExp(`^${registryName}/([^:@]+):([^:@/]+)$`).exec(reference) ?? [];
  if (repository === undefined || tag === undefined)
    throw new Error(`${reference} is not an image of the platform's registry; expected ${registryName}/<repository>:<tag>`);
  return { repository, tag };
}

async function get(path: string): Promise<Response | undefined> {
  const url = `http://${registryAddress}/v2/${path}`;
  const response = await fetch(url, { headers: { accept } });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`the registry answers ${response.status} for ${url}: ${await response.text()}`);
  return response;
}

async function manifestOf(reference: string): Promise<{ readonly manifest: Manifest; readonly digest: string } | undefined> {
  const { repository, tag } = locate(reference);
  const response = await get(`${repository}/manifests/${tag}`);
  if (response === undefined) return undefined;
  return { manifest: (await response.json()) as Manifest, digest: response.headers.get('docker-content-digest') ?? '' };
}

/** What a tag names by now; undefined when the registry does not have it. */
export async function digestOfTag(reference: string): Promise<string | undefined> {
  return (await manifestOf(reference))?.digest;
}

export async function describeImage(reference: string): Promise<RegistryImage | undefined> {
  const found = await manifestOf(reference);
  if (found === undefined) return undefined;
  const { layers } = found.manifest;
  const bytes = layers.reduce((sum, { size }) => sum + size, 0);
  return { digest: found.digest, layers: layers.length, megabytes: Math.round(bytes / 1e6) };
}

/** How an image did in its contract: numbers of items. */
export interface ContractResult {
  /** Tried of the image, or of its canary. */
  readonly passed: number;
  readonly failed: number;
  readonly notApplicable: number;
}

/** Reads the attestation that stands beside an image, under the tag `sha256-<hex>.contract-local`; undefined when there is none. */
export async function contractOf(reference: string): Promise<ContractResult | undefined> {
  const digest = await digestOfTag(reference);
  if (digest === undefined) return undefined;
  const { repository } = locate(reference);
  const attestation = await manifestOf(`${registryName}/${repository}:${digest.replace(':', '-')}.contract-local`);
  if (attestation === undefined) return undefined;
  const blob = await get(`${repository}/blobs/${attestation.manifest.config.digest}`);
  if (blob === undefined) return undefined;
  const { config } = (await blob.json()) as { config?: { Labels?: Readonly<Record<string, string>> } };
  const count = (name: string, otherwise?: string): number =>
    Number(config?.Labels?.[`org.toolforge.image-contract.${name}`] ?? otherwise);
  const result = {
    passed: count('passed') + count('by-canary', '0'),
    failed: count('failed'),
    notApplicable: count('not-applicable'),
  };
  return Object.values(result).some(Number.isNaN) ? undefined : result;
}
