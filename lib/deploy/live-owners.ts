import type { KubeConfig, KubernetesListObject, KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import type { Manifest } from '../synth/synthesized';
import { PATH_ANNOTATION } from './annotations';

/** An object in the cluster, and the construct path that it carries; undefined when something else made it. */
export interface LiveOwner {
  readonly name: string;
  readonly owner: string | undefined;
}

/** Asks the API server for metadata only: who made an object does not take its content. */
export class LiveOwners {
  private constructor(private readonly api: KubernetesObjectApi) {}

  /** Asks the cluster of a kubeconfig. */
  static async connect(config: KubeConfig): Promise<LiveOwners> {
    return new LiveOwners(await metadataApi(config));
  }

  /** One object by name; undefined when neither it nor its kind is there. */
  async of({ apiVersion, kind, metadata }: Manifest): Promise<LiveOwner | undefined> {
    const { name, namespace } = metadata;
    const live = await orAbsent(this.api.read({ apiVersion, kind, metadata: { name, namespace: namespace ?? '' } }));
    return live && ownerOf(live);
  }

  /** All objects of a kind in a namespace, or outside of all. */
  async all(apiVersion: string, kind: string, namespace: string | undefined): Promise<readonly LiveOwner[]> {
    const list = await orAbsent<KubernetesListObject<KubernetesObject>>(this.api.list(apiVersion, kind, namespace));
    return (list?.items ?? []).map(ownerOf);
  }
}

/** A client of the cluster of a kubeconfig that gets the metadata of objects and no more. */
export async function metadataApi(config: KubeConfig): Promise<KubernetesObjectApi> {
  const { createConfiguration, KubernetesObjectApi: Api, ServerConfiguration } = await import('@kubernetes/client-node');
  return new Api(
    createConfiguration({
      baseServer: new ServerConfiguration(config.getCurrentCluster()?.server ?? '', {}),
      authMethods: { default: config },
      promiseMiddleware: [
        {
          pre: (context) => {
            if (!isDiscovery(context.getUrl())) context.setHeaderParam('Accept', METADATA_ONLY);
            return Promise.resolve(context);
          },
          post: (response) => Promise.resolve(response),
        },
      ],
    }),
  );
}

// https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches
const METADATA_ONLY = ['PartialObjectMetadataList', 'PartialObjectMetadata']
  .map((as) => `application/json;as=${as};g=meta.k8s.io;v=1`)
  .join(',')
  .concat(',application/json;q=0.1');

/** `/api/v1` and `/apis/<group>/<version>` themselves, which say what kinds there are. */
function isDiscovery(url: string): boolean {
  return /\/(api\/[^/]+|apis\/[^/]+\/[^/]+)\/?$/.test(new URL(url).pathname);
}

function ownerOf({ metadata }: KubernetesObject): LiveOwner {
  return { name: metadata?.name ?? '', owner: metadata?.annotations?.[PATH_ANNOTATION] };
}

async function orAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    // An unknown kind may be about to be declared by a CRD of the same deployment.
    if ((error as { code?: number }).code === 404 || /Unrecognized API version and kind/.test(String(error))) return undefined;
    throw error;
  }
}
