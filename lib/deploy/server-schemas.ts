import type { KubeConfig } from '@kubernetes/client-node';
import * as http from 'node:http';
import * as https from 'node:https';
import { text } from 'node:stream/consumers';
import { SchemaCatalogue } from '../schema/catalogue';
import { type CustomResourceDefinition, customResourceDocument, type OpenApi, openApiDocument } from '../schema/document';
import type { Manifest, SynthesizedObject } from '../synth/synthesized';
import { ClusterError } from './cluster-error';
import { readKubeconfig } from './kubeconfig';

/** What the API server's own schemas say of objects that are about to be deployed. */
export interface Verdict {
  /** Kinds of which the server's schemas check nothing but the metadata. */
  readonly opaqueKinds: readonly string[];
}

/**
 * Refuses objects that the schemas of the API server refuse: Pulumi lets a misspelt field of a ConfigMap pass, and the server drops it.
 *
 * @param context - kubeconfig's context; without one, the current context
 * @throws ClusterError with every problem of every object, and when the server lacks a kind that the objects do not declare themselves
 */
export async function mustMatchServerSchemas(objects: readonly SynthesizedObject[], context?: string): Promise<Verdict> {
  const config = await readKubeconfig(context);
  return mustMatch(objects, await serverDocuments(config, new Set(objects.map(({ manifest }) => manifest.apiVersion))));
}

/** Refuses objects that schemas refuse, given the server's documents. */
export function mustMatch(objects: readonly SynthesizedObject[], documents: readonly OpenApi[]): Verdict {
  const declared = objects.map(({ manifest }) => manifest).filter(isDefinition);
  const catalogue = new SchemaCatalogue([...documents.map(openApiDocument), customResourceDocument(declared)]);
  const manifests = objects.map(({ manifest }) => manifest);
  const lacking = countKinds(manifests.filter((each) => !catalogue.knows(each)));
  if (lacking.length > 0) {
    const hint = lacking.some((each) => each.startsWith('tekton.dev/')) ? ' Is Tekton installed in this cluster?' : '';
    throw new ClusterError(
      `nothing was changed, because the API server does not know ${lacking.join(', ')}, and no object of this deployment declares them.${hint}`,
    );
  }
  const problems = objects.flatMap(({ path, manifest }) =>
    catalogue.problemsOf(manifest).map((problem) => `  - ${path}: ${manifest.kind} ${manifest.metadata.name}: ${problem}`),
  );
  if (problems.length > 0)
    throw new ClusterError(
      `nothing was changed, because objects do not match the schemas of the API server:\n${problems.join('\n')}`,
    );
  return { opaqueKinds: [...new Set(manifests.filter((each) => catalogue.isOpaque(each)).map(nameOfKind))] };
}

/** The OpenAPI documents of some apiVersions; those that the server does not have are left out. */
async function serverDocuments(config: KubeConfig, apiVersions: ReadonlySet<string>): Promise<OpenApi[]> {
  const { paths } = (await get(config, '/openapi/v3')) as { readonly paths: Paths };
  const wanted = [...apiVersions].map((each) => paths[each.includes('/') ? `apis/${each}` : `api/${each}`]);
  const found = wanted.filter((each) => each !== undefined);
  return (await Promise.all(found.map(({ serverRelativeURL }) => get(config, serverRelativeURL)))) as OpenApi[];
}

type Paths = Readonly<Record<string, { readonly serverRelativeURL: string }>>;

/** The client has no method for paths of its caller's choice; it does lend its credentials. */
async function get(config: KubeConfig, path: string): Promise<unknown> {
  const server = (config.getCurrentCluster()?.server ?? '').replace(/\/$/, '');
  const options: https.RequestOptions = { headers: { accept: 'application/json' }, timeout: 30_000 };
  await config.applyToHTTPSOptions(options);
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = (server.startsWith('http:') ? http : https).get(`${server}${path}`, options, resolve);
    request.on('error', reject).on('timeout', () => request.destroy(new Error('no answer in 30 s')));
  }).catch((error: unknown) => {
    throw new ClusterError(`the schemas of the API server (${server}${path}) cannot be read: ${(error as Error).message}`);
  });
  const body = await text(response);
  if (response.statusCode !== 200)
    throw new ClusterError(
      `the API server refuses to show its schemas (${server}${path}): ${response.statusCode ?? ''} ${body.slice(0, 200)}`,
    );
  return JSON.parse(body);
}

function isDefinition(manifest: Manifest): manifest is Manifest & CustomResourceDefinition {
  return manifest.kind === 'CustomResourceDefinition' && manifest.apiVersion === 'apiextensions.k8s.io/v1';
}

function nameOfKind({ apiVersion, kind }: Manifest): string {
  return `${apiVersion} ${kind}`;
}

/** `tekton.dev/v1 Task (24 objects)` */
function countKinds(manifests: readonly Manifest[]): string[] {
  const kinds = manifests.map(nameOfKind);
  return [...new Set(kinds)].map((kind) => {
    const count = kinds.filter((each) => each === kind).length;
    return `${kind} (${count} object${count === 1 ? '' : 's'})`;
  });
}
