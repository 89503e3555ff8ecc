/** The kubelet. */
import { dnsServiceAddress, nodeAddress, nodeName } from '../addresses';
import { cgroupRoot } from '../node/cgroups';
import { toolPath } from '../toolchain/modules';
import type { Component } from './component';
import { inNode, jsonFile } from './component';
import { containerdSocket } from './containerd';
import { probeHttp } from './probes';

const configuration = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  address: nodeAddress,
  healthzBindAddress: nodeAddress,
  containerRuntimeEndpoint: `unix://${containerdSocket}`,
  cgroupDriver: 'cgroupfs',
  cgroupRoot,
  // cgroup v1 is deprecated, not gone: machines that have it still work.
  failCgroupV1: false,
  failSwapOn: false,
  oomScoreAdj: 0,
  clusterDNS: [dnsServiceAddress],
  clusterDomain: 'cluster.local',
  resolvConf: '/etc/resolv.conf',
  authentication: { anonymous: { enabled: false }, x509: { clientCAFile: '/node/pki/ca.crt' }, webhook: { enabled: true } },
  authorization: { mode: 'Webhook' },
  tlsCertFile: '/node/pki/kubelet-server.crt',
  tlsPrivateKeyFile: '/node/pki/kubelet-server.key',
  evictionHard: { 'memory.available': '200Mi', 'nodefs.available': '2%', 'imagefs.available': '2%', 'nodefs.inodesFree': '1%' },
  // The state's disk is the host's: pictures of its fullness must not make the node drop images that it will need again.
  imageGCHighThresholdPercent: 100,
  maxPods: 110,
  podLogsDir: '/var/log/pods',
  volumePluginDir: '/var/lib/kubelet/volume-plugins',
  serializeImagePulls: false,
};

export function kubelet(): Component {
  return {
    name: 'kubelet',
    place: 'node',
    address: `https://${nodeAddress}:10250`,
    after: ['kube-apiserver', 'containerd'],
    command: [
      toolPath('kubernetes', 'kubelet'),
      `--config=${inNode('kubelet/config.json')}`,
      '--kubeconfig=/node/pki/kubelet.kubeconfig',
      `--hostname-override=${nodeName}`,
      `--node-ip=${nodeAddress}`,
      '--root-dir=/var/lib/kubelet',
      '--cert-dir=/node/pki',
    ],
    files: [jsonFile('kubelet/config.json', configuration)],
    probe: () => probeHttp(`http://${nodeAddress}:10248/healthz`),
  };
}
