/** The registry's own API, as far as an image is written that has most of its layers there already. */
import { createHash } from 'node:crypto';

/** A repository of a registry that is spoken to without TLS. */
export interface RepositoryAt {
  /** Host and port. */
  readonly host: string;
  readonly repository: string;
}

async function send(method: 'POST' | 'PUT', url: string | URL, expected: number, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { ...init, method });
  if (response.status === expected) return response;
  throw new Error(
    `${method} ${String(url)}: the registry answered ${response.status}, not ${expected}: ${await response.text()}`,
  );
}

const uploads = ({ host, repository }: RepositoryAt): string => `http://${host}/v2/${repository}/blobs/uploads/`;

/** Gives a repository a blob that another one has. */
export async function mountBlob(to: RepositoryAt, digest: string, from: string): Promise<void> {
  await send('POST', `${uploads(to)}?${new URLSearchParams({ mount: digest, from }).toString()}`, 201);
}

export async function pushBlob(to: RepositoryAt, digest: string, content: Blob): Promise<void> {
  const { headers } = await send('POST', uploads(to), 202);
  const place = new URL(headers.get('location') ?? '', uploads(to));
  place.searchParams.set('digest', digest);
  await send('PUT', place, 201, { body: content, headers: { 'content-type': 'application/octet-stream' } });
}

export async function pushManifest(
  { host, repository }: RepositoryAt,
  tag: string,
  type: string,
  manifest: string,
): Promise<void> {
  const url = `http://${host}/v2/${repository}/manifests/${tag}`;
  await send('PUT', url, 201, { body: manifest, headers: { 'content-type': type } });
}

export const sha256 = (text: string | Buffer): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
