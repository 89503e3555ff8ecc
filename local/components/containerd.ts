/** containerd, with the CNI network that pods get. */
import { podNetwork, registryAddress, registryName } from '../addresses';
import { pauseImage } from '../images/pause';
import { referenceOf } from '../images/platform-image';
import type { Component } from './component';
import { inNode, jsonFile } from './component';
import { probeSocket } from './probes';

export const containerdSocket = '/run/containerd/containerd.sock';

const configuration = (): string => `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.internal.v1.opt"]
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${referenceOf(pauseImage())}"
  # Negative scores are not ours to give in every place where this runs.
  restrict_oom_score_adj = true
  disable_apparmor = true
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${inNode('containerd/cni')}"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${inNode('containerd/certs.d')}"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
`;

const registryHosts = `server = "http://${registryAddress}"
[host."http://${registryAddress}"]
  capabilities = ["pull", "resolve", "push"]
`;

const podNetworkConfiguration = {
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      ipMasq: true,
      hairpinMode: true,
      ipam: {
        type: 'host-local',
        ranges: [[{ subnet: podNetwork }]],
        routes: [{ dst: '0.0.0.0/0' }],
        // Addresses in use are forgotten with the node, as the pods that had them are.
        dataDir: '/run/cni/addresses',
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

export function containerd(): Component {
  return {
    name: 'containerd',
    place: 'node',
    address: `unix://${containerdSocket}`,
    after: [],
    command: ['containerd', '--config', inNode('containerd/config.toml'), '--log-level', 'warn'],
    files: [
      { path: 'containerd/config.toml', content: configuration() },
      { path: `containerd/certs.d/${registryName}/hosts.toml`, content: registryHosts },
      { path: `containerd/certs.d/${registryAddress}/hosts.toml`, content: registryHosts },
      jsonFile('containerd/cni/10-pods.conflist', podNetworkConfiguration),
    ],
    probe: () => probeSocket(containerdSocket),
  };
}
