/**
 * HTTPS to one API server with the credentials of a kubeconfig (@kubernetes/client-node knows them all), over kept connections.
 */
import http from 'node:http';
import https from 'node:https';

import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

import type { Manifest, ManifestValue } from '../objects/manifest';
import { ApiError } from './api-error';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: ManifestValue;
  readonly contentType?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until the first byte of the answer. */
  readonly timeout?: number;
}

export class Connection {
  private options: Promise<https.RequestOptions> | undefined;

  public constructor(
    private readonly config: KubeConfig,
    private readonly defaultTimeout: number,
  ) {}

  public async send(request: Request): Promise<Manifest> {
    const response = await this.open(request);
    const body = await text(response);
    const status = response.statusCode ?? 0;
    const parsed = parse(body);
    if (status === 401) this.options = undefined;
    if (status < 200 || status > 299) throw new ApiError(status, parsed ?? null, body);
    if (typeof parsed !== 'object' || Array.isArray(parsed)) throw new ApiError(status, null, body);
    return parsed as Manifest;
  }

  /** Opens a stream of newline-separated JSON, as watches are; the caller ends it by its signal. */
  public async stream(request: Request): Promise<http.IncomingMessage> {
    const response = await this.open(request);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const body = await text(response);
    throw new ApiError(status, parse(body) ?? null, body);
  }

  private async open(request: Request): Promise<http.IncomingMessage> {
    const server = this.config.getCurrentCluster()?.server;
    if (server === undefined) throw new Error('the kubeconfig has no current cluster');
    this.options ??= this.authenticate();
    const options = await this.options;
    const url = new URL(server.replace(/\/$/, '') + request.path);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
    const payload = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers: http.OutgoingHttpHeaders = { ...(options.headers as http.OutgoingHttpHeaders), accept: 'application/json' };
    if (payload !== undefined) {
      headers['content-type'] = request.contentType ?? 'application/json';
      headers['content-length'] = Buffer.byteLength(payload);
    }
    return new Promise((resolve, reject) => {
      const transport = url.protocol === 'http:' ? http : https;
      const call = transport.request(url, {
        ...options,
        method: request.method,
        headers,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
      });
      call.setTimeout(request.timeout ?? this.defaultTimeout, () => {
        call.destroy(new Error(`no answer from ${url.host} in ${(request.timeout ?? this.defaultTimeout) / 1000} s`));
      });
      call.on('error', reject);
      call.on('response', (response) => {
        call.setTimeout(0);
        resolve(response);
      });
      call.end(payload);
    });
  }

  private async authenticate(): Promise<https.RequestOptions> {
    const options: https.RequestOptions = { headers: {} };
    await this.config.applyToHTTPSOptions(options);
    const agent = options.agent;
    if (agent instanceof http.Agent) Object.assign(agent, { keepAlive: true, maxFreeSockets: 32 });
    return options;
  }
}

async function text(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): ManifestValue | undefined {
  try {
    return JSON.parse(body) as ManifestValue;
  } catch {
    return undefined;
  }
}
