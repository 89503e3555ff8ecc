import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Layer, REGISTRY } from '../../test/cluster/rebase/registry-content';
import { legacyWork } from '../legacy-images';

const run = promisify(execFile);
const folder = join(legacyWork, 'as-docker-packs');

/**
 * A layer with the size that it has when Docker packs it: umoci's own packer makes layers larger, which is no property of the legacy
 * images. Counted once, and kept by digest. Needs Go.
 */
export async function asDockerPacks(repository: string, layer: Layer): Promise<Layer> {
  mkdirSync(folder, { recursive: true });
  const counted = join(folder, layer.digest.replace(':', '-'));
  if (!existsSync(counted)) writeFileSync(counted, String(await packedBytes(repository, layer.digest)));
  return { ...layer, size: Number(readFileSync(counted, 'utf8')) };
}

async function packedBytes(repository: string, digest: string): Promise<number> {
  const packed = 'set -o pipefail; curl --silent --show-error --fail "$1" | go run "$2"';
  const program = join(__dirname, 'as-docker-packs.go');
  const { stdout } = await run('bash', ['-c', packed, 'packed', `http://${REGISTRY}/v2/${repository}/blobs/${digest}`, program]);
  const bytes = Number(stdout);
  if (!(bytes > 0)) throw new Error(`as-docker-packs.go said '${stdout}' of ${repository}@${digest}`);
  return bytes;
}
