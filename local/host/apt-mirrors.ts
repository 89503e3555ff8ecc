/** The distribution mirrors that this machine's own apt uses; asked of apt itself, so that every way of configuring it works. */
import { readFile } from 'node:fs/promises';
import { run } from '../run';

export interface AptMirrors {
  /** The archive's root, such as the address that ends in /debian. */
  readonly archive: string;
  /** The security archive's root. */
  readonly security: string;
  /** The proxy that apt uses for plain HTTP, if any. */
  readonly proxy: string | undefined;
}

async function resolveMirror(uri: string): Promise<string> {
  // apt's mirror method names a file of addresses, the best one first.
  const list = /^mirror\+file:(?:\/\/)?(\/\S+)$/.exec(uri)?.[1];
  const first = list === undefined ? uri : (await readFile(list, 'utf8')).split('\n').find((line) => /^https?:/.test(line));
  return (first?.split(/\s/)[0] ?? uri).replace(/\/+$/, '');
}

/** Reads apt's configuration. */
export async function aptMirrors(): Promise<AptMirrors> {
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const targets = stdout.split('\n').map((line) => line.split(' '));
  const codename = /^VERSION_CODENAME=(\w+)$/m.exec(await readFile('/etc/os-release', 'utf8'))?.[1] ?? 'stable';
  const find = (...releases: string[]): string | undefined =>
    targets.find(([, release = '', component]) => releases.includes(release) && component === 'main')?.[0];
  const archive = find(codename, 'stable');
  const security = find(`${codename}-security`, 'stable-security');
  if (archive === undefined || security === undefined) {
    throw new Error(
      `apt's configuration names no ${archive === undefined ? codename : `${codename}-security`} with component main; ` +
        'add it to /etc/apt/sources.list.d, run apt-get update, and try again',
    );
  }
  const { stdout: settings } = await run('apt-config', ['dump', '--format', '%f=%v%n', 'Acquire::http::Proxy']);
  const proxy = /^Acquire::http::Proxy=(http\S+)$/m.exec(settings)?.[1];
  return { archive: await resolveMirror(archive), security: await resolveMirror(security), proxy };
}
