import type { Layer } from '../../test/cluster/rebase/registry-content';
import { filesOfLayer } from '../files-of-layer';

const LIST = /^(?:\.?\/)?var\/lib\/dpkg\/info\/([^/:]+)(?::[a-z0-9]+)?\.list$/;

/** The packages that were installed where these files were: dpkg keeps a list of each one's files. */
export function packagesByLists(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => LIST.exec(file)?.[1] ?? []);
}

/** Reads each layer once, however many images have it. */
export class DpkgLayers {
  private readonly read = new Map<string, Promise<readonly string[]>>();

  /** The packages that a layer of a whole `apt-get install` has brought, or brought anew. */
  packagesIn(repository: string, { digest }: Layer): Promise<readonly string[]> {
    const found = this.read.get(digest) ?? filesOfLayer(repository, digest).then(packagesByLists);
    this.read.set(digest, found);
    return found;
  }
}
