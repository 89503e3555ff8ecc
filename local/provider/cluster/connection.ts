/**
 * HTTPS to one API server with the credentials of a kubeconfig (@kubernetes/client-node knows them all), over kept connections.
 */
import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

import { isManifest, type Manifest, type ManifestValue } from '../objects/manifest';
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

const busyAttempts = 10;

export class Connection {
  private options: Promise<https.RequestOptions> | undefined;

  public constructor(
    private readonly config: KubeConfig,
    private readonly defaultTimeout: number,
  ) {}

  public async send(request: Request): Promise<Manifest> {
    const { status, body } = await this.exchange(request);
    const parsed = parse(body);
    if (status < 200 || status > 299) throw new ApiError(status, parsed ?? null, body);
    if (!isManifest(parsed)) throw new ApiError(status, null, body);
    return parsed;
  }

  /** Opens a stream of newline-separated JSON, as watches are; the caller ends it by its signal. */
  public async stream(request: Request): Promise<http.IncomingMessage> {
    const response = await this.open(request);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const body = await text(response);
    throw new ApiError(status, parse(body) ?? null, body);
  }

  /** A server under load asks to come back; fresh credentials may be what a refused request lacks. */
  private async exchange(request: Request): Promise<{ readonly status: number; readonly body: string }> {
    for (let attempt = 1; ; attempt++) {
      const response = await this.open(request);
      const body = await text(response);
      const status = response.statusCode ?? 0;
      const retryAfter = Number(response.headers['retry-after'] ?? Number.NaN);
      const busy = (status === 429 || status === 503) && !Number.isNaN(retryAfter) && attempt <= busyAttempts;
      const refused = status === 401 && attempt === 1;
      if (refused) this.options = undefined;
      if (!busy && !refused) return { status, body };
      if (busy) await sleep(retryAfter * 1000, undefined, request.signal && { signal: request.signal });
    }
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
      call.on('error', (error: NodeJS.ErrnoException) => {
        // The server closed a kept connection in the moment it was used again: nothing was sent.
        if (call.reusedSocket && error.code === 'ECONNRESET') resolve(this.open(request));
        else reject(error);
      });
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
