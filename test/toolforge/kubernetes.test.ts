/** The driver's calls of the Kubernetes API, by the real curl and jq, to a server with a clock of its own. */
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testWithJq } from './driver';

const driver = join(__dirname, '../../lib/toolforge/contract/driver/kubernetes.sh');

testWithJq.each([-15, 0, 15])(
  'pods are old by the clock of the API server, whose difference to that of the node is %i minutes',
  async (minutes) => {
    const now = Date.now() + minutes * 60_000;
    const pod = (name: string, age: number) => ({
      metadata: { name, creationTimestamp: new Date(now - age * 1000).toISOString().replace(/\.\d+Z$/, 'Z') },
    });
    const server = createServer((_, response) => {
      response.setHeader('date', new Date(now).toUTCString());
      response.end(JSON.stringify({ items: [pod('left', 1000), pod('under-way', 600), pod('new', 1)] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const script = `
    source ${driver}
    ask() { curl --silent --show-error "\${@:2}" "http://127.0.0.1:${port}/$1"; }
    delete_pod() { echo "$1 $2" >&2; }
    delete_old_pods tool-one part-of=contract`;
    const { stderr } = await promisify(execFile)('bash', ['-c', script]);
    server.close();
    expect(stderr.trim()).toBe('tool-one left');
  },
);
