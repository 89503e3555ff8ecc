import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { REGISTRY } from '../test/cluster/rebase/registry-content';

const run = promisify(execFile);

/** The names of files in a layer that the registry has, as its archive says them: `./usr/bin/perl`, `usr/bin/perl`. */
export async function filesOfLayer(repository: string, digest: string): Promise<readonly string[]> {
  const listed = 'set -o pipefail; curl --silent --show-error --fail "$1" | tar --list --gzip';
  const { stdout } = await run('bash', ['-c', listed, 'list', `http://${REGISTRY}/v2/${repository}/blobs/${digest}`], {
    maxBuffer: 2 ** 28,
  });
  return stdout.split('\n');
}
