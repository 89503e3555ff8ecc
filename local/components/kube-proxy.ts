/** kube-proxy, which gives services their addresses. */
import { clusterNetwork, nodeAddress, nodeName } from '../addresses';
import { toolPath } from '../toolchain/modules';
import type { Component } from './component';
import { inNode, jsonFile } from './component';
import { probeHttp } from './probes';

const configuration = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clientConnection: { kubeconfig: '/node/pki/kube-proxy.kubeconfig' },
  mode: 'iptables',
  clusterCIDR: clusterNetwork,
  hostnameOverride: nodeName,
  bindAddress: nodeAddress,
  healthzBindAddress: `${nodeAddress}:10256`,
  metricsBindAddress: '127.0.0.1:10249',
  oomScoreAdj: 0,
  // Zero leaves the kernel's own limits, which belong to the whole machine, alone.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
};

export function kubeProxy(): Component {
  return {
    name: 'kube-proxy',
    place: 'node',
    address: `http://${nodeAddress}:10256`,
    after: ['kube-apiserver'],
    command: [toolPath('kubernetes', 'kube-proxy'), `--config=${inNode('kube-proxy/config.json')}`],
    files: [jsonFile('kube-proxy/config.json', configuration)],
    probe: () => probeHttp(`http://${nodeAddress}:10256/livez`),
  };
}
