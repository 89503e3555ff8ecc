/** How the driver sees a pod end: its real calls, against a server that answers as the Kubernetes API does, and cuts its watch off. */
import { execFile } from 'node:child_process';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const script = join(__dirname, '../../lib/toolforge/contract/driver/kubernetes.sh');

interface Change {
  readonly type: 'MODIFIED' | 'DELETED' | 'ERROR';
  readonly object: object;
}

const podOf = (state: object, phase = 'Running') => ({
  kind: 'Pod',
  metadata: { name: 'web', resourceVersion: '7' },
  status: { phase, podIP: '10.0.0.9', containerStatuses: [{ state }] },
});
const running = podOf({ running: {} });
const endedWith = (exitCode: number) => podOf({ terminated: { exitCode } });

const TOO_LARGE: Change = {
  type: 'ERROR',
  object: { kind: 'Status', message: 'Timeout: Too large resource version: 35307, current: 34845' },
};

let server: Server;
/** What its watch says before it ends. */
let changes: readonly Change[] = [];
let asked: string[] = [];

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** How often a watch is refused as by an API server that does not know whether it knows the newest. */
let refused = 0;
let isThere = true;

beforeAll((done) => {
  server = createServer(({ method = '', url = '' }, response) => {
    asked.push(`${method} ${url}`);
    if (url.includes('watch=true')) {
      const [version] = /(?<=resourceVersion=)\d+/.exec(url) ?? [];
      const said: readonly Change[] = version === undefined || refused-- > 0 ? [TOO_LARGE] : changes;
      response.end(said.map((change) => `${JSON.stringify(change)}\n`).join(''));
    } else if (method === 'DELETE') {
      isThere = false;
      answer(response, 200, running);
    } else {
      answer(response, isThere ? 200 : 404, isThere ? running : { kind: 'Status', message: 'not found' });
    }
  }).listen(0, '127.0.0.1', done);
});
beforeEach(() => {
  refused = 0;
  isThere = true;
});
afterAll((done) => {
  server.close(done);
});

/** Calls one of its functions; the address of the API is the only other thing. */
async function call(words: string): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  asked = [];
  const { port } = server.address() as AddressInfo;
  const ask = `ask() { curl --silent "\${@:2}" "http://127.0.0.1:${port}/api/v1/namespaces/$1"; }`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', `source ${script}; ${ask}; ${words}`], (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout: stdout.trim(), stderr });
    });
  });
}

const deleted: readonly Change[] = [
  { type: 'MODIFIED', object: running },
  { type: 'MODIFIED', object: endedWith(143) },
  { type: 'DELETED', object: endedWith(143) },
];

test('the exit code is what the watch heard before the pod was gone', async () => {
  changes = deleted;
  expect(await call('delete_pod tool-one web')).toMatchObject({ code: 0, stdout: '143' });
  // What happens between reading it and watching it is not missed.
  expect(asked.find((each) => each.includes('watch=true'))).toContain('resourceVersion=7');
});

test('a watch that is refused or cut off is asked once more, and hears it still', async () => {
  changes = deleted;
  refused = 1;
  expect(await call('delete_pod tool-one web')).toMatchObject({ code: 0, stdout: '143' });
});

test('an end that nobody saw ends the run, as the fault of the cluster', async () => {
  const { code, stderr } = await call('unheard tool-one web');
  expect(code).toBe(1);
  expect(stderr).toContain('the pod web in tool-one is gone, and the cluster did not say with which code it ended');
});

test('states are said as they change, of what the API server knows, newest or not', async () => {
  changes = [
    { type: 'MODIFIED', object: podOf({ waiting: { reason: 'ContainerCreating' } }, 'Pending') },
    { type: 'MODIFIED', object: running },
    { type: 'MODIFIED', object: podOf({ terminated: { exitCode: 0 } }, 'Succeeded') },
  ];
  expect((await call('states_of tool-one web')).stdout.split('\n')).toEqual([
    'waiting ContainerCreating',
    'running 10.0.0.9',
    'ended Succeeded',
  ]);
});

test('one that has ended is deleted, and nobody waits for it', async () => {
  expect(await call('drop_pod tool-one web')).toMatchObject({ code: 0, stdout: '' });
  expect(asked).toEqual(['DELETE /api/v1/namespaces/tool-one/pods/web']);
});

test('what is no pod is an error in the words of the cluster', async () => {
  refused = 1;
  expect((await call('states_of tool-one web')).stderr).toContain('the cluster answered: Timeout: Too large resource version');
});
