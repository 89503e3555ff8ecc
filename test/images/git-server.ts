/** Git repositories over HTTP, by a process of its own: tests wait for what they start, and could not answer meanwhile. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../buildpacks/shell/temporary-folder';

// `dumb` hands out files, as any web server does; `smart` asks git, which answers for a single commit, too.
const server = `
const { createServer } = require('node:http');
const { spawn } = require('node:child_process');
const { readFile } = require('node:fs');
const [, root, kind] = process.argv;
const dumb = ({ url }, response) => readFile(root + new URL(url, 'http://x').pathname, (error, data) => response.writeHead(error ? 404 : 200).end(data));
const smart = (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://x');
  const env = { ...process.env, GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: pathname, QUERY_STRING: searchParams.toString(),
    REQUEST_METHOD: request.method, CONTENT_TYPE: request.headers['content-type'] ?? '', GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
    HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '' };
  const git = spawn('git', ['http-backend'], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  request.pipe(git.stdin);
  const chunks = [];
  git.stdout.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf('\\r\\n\\r\\n');
    const headers = Object.fromEntries(answer.subarray(0, end).toString().split('\\r\\n').map((line) => line.split(': ')));
    response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers).end(answer.subarray(end + 4));
  });
};
createServer(kind === 'dumb' ? dumb : smart).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
`;

const started: ChildProcess[] = [];
afterAll(() => {
  for (const child of started.splice(0)) child.kill();
});

/** Serves the repositories of a folder; resolves with the URL of the folder. */
export async function serve(kind: 'smart' | 'dumb', folder: string): Promise<string> {
  const child = spawn(process.execPath, ['-e', server, folder, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => {
      resolve(String(data).trim());
    }),
  );
  return `http://127.0.0.1:${port}`;
}

/** What a commit changes: the text of files, links, or what `git update-index --cacheinfo` is told. */
export type Change = Readonly<Record<string, string | { readonly linkTo: string } | { readonly submodule: string }>>;

/** A repository with a working tree, of which `publish` makes a bare one that web servers can hand out. */
export class Repository {
  private readonly tree = temporaryFolder();

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  /** @returns the commit's hash */
  commit(change: Change): string {
    for (const [path, what] of Object.entries(change)) {
      const file = join(this.tree, path);
      mkdirSync(dirname(file), { recursive: true });
      if (typeof what === 'string') {
        writeFileSync(file, what, { mode: what.startsWith('#!') ? 0o755 : 0o644 });
        this.git('add', path);
      } else if ('submodule' in what) this.git('update-index', '--add', '--cacheinfo', `160000,${what.submodule},${path}`);
      else {
        execFileSync('ln', ['-s', what.linkTo, file]);
        this.git('add', path);
      }
    }
    this.git('commit', '--quiet', '--message=x');
    return this.git('rev-parse', 'HEAD');
  }

  git(...args: readonly string[]): string {
    const identity = ['-c', 'user.name=x', '-c', 'user.email=x@x.test'];
    return execFileSync('git', [...identity, ...args], { cwd: this.tree, encoding: 'utf8' }).trim();
  }

  publish(folder: string, name: string): void {
    const bare = join(folder, name);
    execFileSync('git', ['clone', '--quiet', '--bare', this.tree, bare]);
    execFileSync('git', ['update-server-info'], { cwd: bare });
  }
}
