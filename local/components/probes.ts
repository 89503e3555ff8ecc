/** Ways to ask a daemon whether it works. Each fails with the reason, in words that fit behind the daemon's name. */
import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createConnection } from 'node:net';
import { findNode } from '../node/holder';
import { run } from '../run';

const TIMEOUT = 3000;

interface HttpProbe {
  /** The file of the authority that signed the daemon's certificate; without it, any certificate will do. */
  readonly authority?: string;
  /** Text that the answer must contain. */
  readonly contains?: string;
  /** @default 200 */
  readonly status?: number;
}

/** The daemon answers a GET request as it should. */
export function probeHttp(url: string, { authority, contains = '', status = 200 }: HttpProbe = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = authority === undefined ? { rejectUnauthorized: false } : { ca: readFileSync(authority) };
    const request = url.startsWith('https:') ? httpsRequest(url, options) : httpRequest(url);
    request.setTimeout(TIMEOUT, () => request.destroy(new Error(`no answer from ${url} in ${TIMEOUT / 1000} s`)));
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === status && body.includes(contains)) resolve();
        else reject(new Error(`${url} answers ${response.statusCode ?? 0}: ${body.slice(0, 300)}`));
      });
    });
    request.end();
  });
}

/** What listens on the node's loopback interface, by plain HTTP, answers a GET request with a text that contains `contains`. */
export async function probeInNode(port: number, path: string, contains: string): Promise<void> {
  const pid = await findNode();
  if (pid === undefined) throw new Error('the node is not running');
  const ask = `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
  const inNode = ['nsenter', '--target', String(pid), '--net', 'bash', '-c', ask];
  const { stdout } = await run('timeout', [String(TIMEOUT / 1000), ...inNode], { reject: false });
  if (!stdout.includes(contains)) throw new Error(`port ${port} answers ${JSON.stringify(stdout.slice(0, 300))}`);
}

/** Something accepts connections on a socket of the node's filesystem. */
export async function probeSocket(path: string): Promise<void> {
  const pid = await findNode();
  if (pid === undefined) throw new Error('the node is not running');
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(`/proc/${pid}/root${path}`);
    socket.setTimeout(TIMEOUT, () => socket.destroy(new Error(`nothing accepts connections at ${path}`)));
    socket.on('error', reject);
    socket.on('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}
