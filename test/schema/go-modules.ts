/** Folders of Go modules, for the schemas in them: Kubernetes' and Tekton's are in no npm package. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Download =
  { readonly kind: 'here'; readonly folder: (module: string) => string } | { readonly kind: 'absent'; readonly reason: string };

/**
 * Fetches modules into Go's cache, where they stay.
 *
 * @param modules - `path@version`, exact versions only
 * @returns why not, on a machine without Go or network; on CI that is an error, because nobody would read it
 */
export function download(modules: readonly string[]): Download {
  // Outside of any module: inside one, Go would want them to fit its go.mod.
  const directory = mkdtempSync(join(tmpdir(), 'csb-schemas-'));
  const { error, status, stdout } = spawnSync('go', ['mod', 'download', '-json', ...modules], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GOTOOLCHAIN: 'local' },
    timeout: 240_000,
  });
  rmSync(directory, { recursive: true });
  if (error === undefined && status === 0) {
    const folders = new Map(parse(stdout).map(({ Path, Version, Dir }) => [`${Path}@${Version}`, Dir]));
    const folder = (module: string): string => {
      const found = folders.get(module);
      if (found === undefined) throw new Error(`Go did not say where ${module} is; it named ${[...folders.keys()].join(', ')}`);
      return found;
    };
    return { kind: 'here', folder };
  }
  const reason =
    error === undefined ? `Go modules cannot be fetched: ${firstError(stdout)}` : `no Go on this machine: ${error.message}`;
  if (process.env['CI'] === 'true') throw new Error(`the schemas of Kubernetes and Tekton must be tested on CI, but ${reason}`);
  return { kind: 'absent', reason };
}

interface Module {
  readonly Path: string;
  readonly Version: string;
  readonly Dir: string;
  readonly Error?: string;
}

/** Go writes one object after the other. */
function parse(stdout: string): Module[] {
  return stdout
    .split(/^(?=\{)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.parse(text) as Module);
}

function firstError(stdout: string): string {
  return parse(stdout).find((each) => each.Error !== undefined)?.Error ?? 'no answer in time';
}
