/** The commands that an image in a registry has: the names in the folders of the PATH that it has without any profile. */
import type { Layer } from '../test/cluster/rebase/registry-content';
import { filesOfLayer } from './files-of-layer';

const read = new Map<string, Promise<readonly string[]>>();

/** Sorted, each once. Links are not followed: that each of them runs is what the contract asks. */
export async function commandsOf(repository: string, layers: readonly Layer[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const { digest } of layers) {
    const names = read.get(digest) ?? namesIn(repository, digest);
    read.set(digest, names);
    applyLayer(found, await names);
  }
  return [...found]
    .map((path) => path.slice(path.lastIndexOf('/') + 1))
    .sort()
    .filter((name, i, all) => name !== all[i - 1]);
}

const PLACE = /^(?:\.?\/)?(?:usr\/)?(?:local\/)?s?bin\/[^/]+$/;
const REMOVED = /(^|\/)\.wh\.([^/]+)$/;

/** What a layer adds to those below it, and takes away. */
export function applyLayer(found: Set<string>, names: readonly string[]): void {
  const paths = names.filter((name) => PLACE.test(name)).map((name) => name.replace(/^\.?\//, ''));
  // What is taken away was in a layer below.
  for (const path of paths) if (REMOVED.test(path)) found.delete(path.replace(REMOVED, '$1$2'));
  for (const path of paths) if (!REMOVED.test(path)) found.add(path);
}

async function namesIn(repository: string, digest: string): Promise<readonly string[]> {
  return (await filesOfLayer(repository, digest)).filter((name) => PLACE.test(name));
}
