/** The program that the contract has the generic runner start: it really serves, and ends as process 1 has to. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { genericContract } from '../../../languages/webservice-runner/contract/contract';

const hasPerl = spawnSync('perl', ['-MIO::Socket::INET', '-e', '']).status === 0;
const testWithPerl = hasPerl ? test : test.skip;

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
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });

testWithPerl('it answers, runs checks with the environment of the pod, logs to the pod, and ends by SIGTERM', async () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  for (const [path, text] of Object.entries(genericContract.home)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const port = await freePort();
  const [program = '', ...args] = genericContract.command ?? [];
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
  expect(await end).toBe(0);
  expect(log).toBe('GET /\nGET /checks\nGET /logged\n');
});
