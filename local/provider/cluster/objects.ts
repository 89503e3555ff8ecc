/**
 * Reading, writing and watching objects of any kind.
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/
 */
import { apiVersionOfGroup, gvkOf, listAt, type Manifest, nameOf, namespaceOf } from '../objects/manifest';
import type { Connection } from './connection';
import type { Discovery } from './discovery';

export interface WriteOptions {
  readonly fieldManager: string;
  readonly dryRun: boolean;
}
export interface ApplyOptions extends WriteOptions {
  readonly force: boolean;
  /** What the server does with fields it does not know; without it, the server's default. */
  readonly fieldValidation?: 'Warn';
}

export interface WatchEvent {
  readonly type: string;
  readonly object: Manifest;
}

function writeQuery({ fieldManager, dryRun }: WriteOptions): Record<string, string> {
  return dryRun ? { fieldManager, dryRun: 'All' } : { fieldManager };
}

export class ObjectStore {
  public constructor(
    private readonly connection: Connection,
    private readonly discovery: Discovery,
  ) {}

  public async get(object: Manifest, signal?: AbortSignal): Promise<Manifest> {
    return this.connection.send({ method: 'GET', path: await this.path(object), ...(signal && { signal }) });
  }

  public async create(object: Manifest, options: WriteOptions, signal: AbortSignal): Promise<Manifest> {
    const path = await this.collection(object);
    return this.connection.send({ method: 'POST', path, query: writeQuery(options), body: object, signal });
  }

  public async replace(object: Manifest, options: WriteOptions, signal: AbortSignal): Promise<Manifest> {
    return this.connection.send({
      method: 'PUT',
      path: await this.path(object),
      query: writeQuery(options),
      body: object,
      signal,
    });
  }

  public async apply(object: Manifest, options: ApplyOptions, signal: AbortSignal): Promise<Manifest> {
    return this.connection.send({
      method: 'PATCH',
      path: await this.path(object),
      query: {
        ...writeQuery(options),
        force: String(options.force),
        ...(options.fieldValidation && { fieldValidation: options.fieldValidation }),
      },
      // JSON is YAML.
      contentType: 'application/apply-patch+yaml',
      body: object,
      signal,
    });
  }

  public async patchJson(object: Manifest, operations: Manifest[], signal: AbortSignal): Promise<Manifest> {
    const contentType = 'application/json-patch+json';
    return this.connection.send({ method: 'PATCH', path: await this.path(object), contentType, body: operations, signal });
  }

  public async delete(object: Manifest, propagationPolicy: string, signal: AbortSignal): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy };
    await this.connection.send({ method: 'DELETE', path: await this.path(object), body, signal });
  }

  /** Objects of a kind (and namespace, where there is one) that match the selectors. */
  public async list(example: Manifest, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Manifest[]> {
    const list = await this.connection.send({ method: 'GET', path: await this.collection(example), query, signal });
    return listAt(list, 'items') as Manifest[];
  }

  /** Events of one object from a version on, until the server or the signal ends them. */
  public async *watch(object: Manifest, resourceVersion: string, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    const response = await this.connection.stream({
      method: 'GET',
      path: await this.collection(object),
      query: { watch: 'true', fieldSelector: `metadata.name=${nameOf(object)}`, resourceVersion, timeoutSeconds: '300' },
      signal,
    });
    let rest = '';
    response.setEncoding('utf8');
    for await (const chunk of response) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield JSON.parse(line) as WatchEvent;
    }
  }

  private async collection(object: Manifest): Promise<string> {
    const gvk = gvkOf(object);
    const kind = await this.discovery.kind(gvk);
    const root = `${gvk.group === '' ? '/api' : '/apis'}/${apiVersionOfGroup(gvk)}`;
    const namespace = kind.namespaced ? `/namespaces/${encodeURIComponent(namespaceOf(object) || 'default')}` : '';
    return `${root}${namespace}/${kind.plural}`;
  }

  private async path(object: Manifest): Promise<string> {
    return `${await this.collection(object)}/${encodeURIComponent(nameOf(object))}`;
  }
}
