import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Layer, layersOf, REGISTRY } from '../test/cluster/rebase/registry-content';

/** Legacy images that were made from nothing, and pushed. */
export interface MadeAnew {
  /** Until all were made. */
  readonly build: number;
  /** And pushed. */
  readonly seconds: number;
  /** By the image's name. */
  readonly layers: Readonly<Record<string, readonly Layer[]>>;
}

/** Makes legacy images layer by layer as their Dockerfiles have them, each layer once, and pushes them as tags of a repository. Needs root. */
export async function madeAnew(images: readonly string[], repository: string): Promise<MadeAnew> {
  const work = mkdtempSync(join(tmpdir(), 'csb-legacy-'));
  try {
    const layout = join(work, 'layout');
    const start = Date.now();
    const since = (): number => (Date.now() - start) / 1000;
    execFileSync(join(__dirname, 'legacy-images.sh'), [layout, ...images], { stdio: ['ignore', 'ignore', 'inherit'] });
    const build = since();
    for (const image of images) {
      const target = `docker://${REGISTRY}/${repository}:${image}`;
      execFileSync('skopeo', ['copy', '--quiet', '--dest-tls-verify=false', `oci:${layout}:${image}`, target], {
        stdio: 'inherit',
      });
    }
    const seconds = since();
    const layers = await Promise.all(images.map(async (image) => [image, await layersOf(repository, image)] as const));
    return { build, seconds, layers: Object.fromEntries(layers) };
  } finally {
    rmSync(work, { recursive: true });
  }
}
