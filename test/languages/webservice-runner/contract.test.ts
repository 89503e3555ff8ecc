/** The programs that the contract has runners start: they really serve, and end as process 1 has to. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { jdkContract } from '../../../languages/jdk/contract/contract';
import { rubyContract } from '../../../languages/ruby/contract/contract';
import { jsContract } from '../../../languages/js/contract/contract';
import { genericContract } from '../../../languages/webservice-runner/contract/contract';

/** What is not on this machine is not tried here. */
const applications = Object.entries({
  perl: genericContract,
  ruby: rubyContract.served,
  javac: jdkContract.served,
  node: { ...jsContract, command: [process.execPath, 'www/js/server.cjs'] },
}).filter(([program]) => spawnSync(program, ['-v']).error === undefined);

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}

async function get(url: string): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await (await fetch(url)).text();
    } catch (error) {
      if (attempt === 300) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });

test.each(applications)(
  'with %s it answers, runs checks with the environment of the pod, logs to the pod, and ends by SIGTERM',
  async (_, served) => {
    const home = mkdtempSync(join(tmpdir(), 'home-'));
    for (const [path, text] of Object.entries(served?.home ?? {})) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    const port = await freePort();
    const [program = '', ...args] = served?.command ?? [];
    const env = {
      PATH: process.env['PATH'],
      PORT: String(port),
      TOOL_WORD: 'it\'s "two" $words',
      CONTRACT_RUN: 'echo "$TOOL_WORD"',
    };
    const child = spawn(program, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let log = '';
    child.stdout.on('data', (data: Buffer) => (log += data.toString()));
    const end = ended(child);
    try {
      const url = `http://127.0.0.1:${port}`;
      expect(await get(`${url}/`)).toBe('the contract');
      expect(await get(`${url}/checks`)).toBe('it\'s "two" $words\n');
      expect(await get(`${url}/logged`)).toBe('the contract');
    } finally {
      child.kill('SIGTERM');
    }
    // A program without a handler for the signal is ended by it, and Java says 143.
    expect([0, 143, null]).toContain(await end);
    expect(log).toBe('GET /\nGET /checks\nGET /logged\n');
  },
  60_000,
);
