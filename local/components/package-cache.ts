/**
 * The package cache: the only way out of pods. It runs in the host's network, listens on the host's end of the veth pair only,
 * and serves three paths: /debian and /debian-security from the mirrors of the machine's own apt configuration, and npm packages, their
 * archives and which versions there are, below /npm from the registry of its npm.
 */
import { hostAddress, packageCachePort } from '../addresses';
import { cachePath, nodeStatePath } from '../directories';
import type { AptMirrors } from '../host/apt-mirrors';
import type { Component } from './component';
import { probeHttp } from './probes';

const configuration = ({ archive, security, proxy }: AptMirrors, npm: string): string => `CacheDir: /var/cache/apt-cacher-ng
LogDir: /var/log/apt-cacher-ng
SupportDir: /usr/lib/apt-cacher-ng
SocketPath: /var/log/apt-cacher-ng/socket
Port: ${packageCachePort}
BindAddress: ${hostAddress}
ForeGround: 1
ExThreshold: 30
# Nothing but the three paths below, nothing for others, no tunnels, no administration by web page.
ForceManaged: 1
PassThroughPattern: ^(this matches nothing)$
ReportPage:
Remap-debian: /debian ; ${archive}
Remap-security: /debian-security ; ${security}
Remap-npm: /npm ; ${npm}
# An archive never changes. The list of a package's versions does, and is not kept: its name is that of the folder in which its archives are.
PfilePatternEx: /-/[^/]+\\.tgz$
VfilePatternEx: ^${new URL(npm).pathname.replace(/\/$/, '')}/(@[^/]+/)?[^/]+$
DontCacheResolved: ^${npm}/(@[^/]+/)?[^/]+$
${proxy === undefined ? '' : `Proxy: ${proxy}\n`}`;

// The state and cache directories are for root's eyes; bound to where Debian's package has its directories, in a mount namespace
// of its own, they can be used by the unprivileged account that Debian made for it.
const script = (cache: string, settings: string, log: string): string => `
set -eu
mkdir -p '${cache}' '${log}'
chown apt-cacher-ng:apt-cacher-ng '${cache}' '${log}'
mount --bind '${cache}' /var/cache/apt-cacher-ng
mount --bind '${log}' /var/log/apt-cacher-ng
mount --bind '${settings}' /etc/apt-cacher-ng
exec setpriv --reuid apt-cacher-ng --regid apt-cacher-ng --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \\
  apt-cacher-ng -c /etc/apt-cacher-ng ForeGround=1
`;

export function packageCache(mirrors: AptMirrors, npm: string): Component {
  const url = `http://${hostAddress}:${packageCachePort}`;
  const settings = nodeStatePath('config', 'package-cache');
  return {
    name: 'package-cache',
    place: 'host',
    address: url,
    after: [],
    command: [
      'unshare',
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      script(cachePath('packages'), settings, nodeStatePath('log', 'apt-cacher-ng')),
    ],
    files: [{ path: 'package-cache/acng.conf', content: configuration(mirrors, npm) }],
    // Its answer to a request for nothing; asking for a file would make a mirror's bad day look like ours.
    probe: () => probeHttp(`${url}/`, { status: 406 }),
  };
}
