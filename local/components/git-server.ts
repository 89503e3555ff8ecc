/**
 * The git server: the repositories of tools, as GitLab is where there is a network. It hands out files, which git calls the dumb protocol; who
 * pushes does so on this machine, into a folder.
 */
import { gitServerPort, nodeAddress } from '../addresses';
import { nodeStatePath } from '../directories';
import type { Component } from './component';
import { probeHttp } from './probes';

/** Where the bare repositories are: `<tool>/<name>.git`. */
export function repositoryPath(...parts: readonly string[]): string {
  return nodeStatePath('git', ...parts);
}

// What the node has is for root's eyes; bound to another place, in a mount namespace of its own, nobody can read these files and no others.
const script = `
set -eu
mkdir -p /node/git
mount --bind /node/git /srv
exec setpriv --reuid nobody --regid nogroup --clear-groups --no-new-privs \\
  --inh-caps=-all,+net_bind_service --ambient-caps=-all,+net_bind_service --bounding-set=-all,+net_bind_service \\
  python3 -m http.server --bind ${nodeAddress} --directory /srv ${gitServerPort}
`;

export function gitServer(): Component {
  return {
    name: 'git-server',
    place: 'node',
    address: `http://${nodeAddress}`,
    after: [],
    command: ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script],
    files: [],
    probe: () => probeHttp(`http://${nodeAddress}:${gitServerPort}/`),
  };
}
