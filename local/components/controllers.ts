/** The two control loops beside the API server: kube-controller-manager and kube-scheduler. */
import { clusterNetwork, nodeAddress, serviceNetwork } from '../addresses';
import { toolPath } from '../toolchain/modules';
import type { Component } from './component';
import { probeHttp } from './probes';

function controlLoop(name: string, port: number, options: readonly string[]): Component {
  const kubeconfig = `/node/pki/${name}.kubeconfig`;
  return {
    name,
    place: 'node',
    address: `https://${nodeAddress}:${port}`,
    after: ['kube-apiserver'],
    command: [
      toolPath('kubernetes', name),
      `--kubeconfig=${kubeconfig}`,
      `--authentication-kubeconfig=${kubeconfig}`,
      `--authorization-kubeconfig=${kubeconfig}`,
      `--bind-address=${nodeAddress}`,
      // There is only one of it: waiting for a dead predecessor's lease would cost every restart 15 seconds.
      '--leader-elect=false',
      '--profiling=false',
      ...options,
    ],
    files: [],
    // It signs its own certificate.
    probe: () => probeHttp(`https://${nodeAddress}:${port}/healthz`),
  };
}

export function controllerManager(): Component {
  return controlLoop('kube-controller-manager', 10257, [
    '--allocate-node-cidrs=true',
    `--cluster-cidr=${clusterNetwork}`,
    `--service-cluster-ip-range=${serviceNetwork}`,
    '--root-ca-file=/node/pki/ca.crt',
    '--service-account-private-key-file=/node/pki/service-accounts.key',
    '--use-service-account-credentials=true',
    '--cluster-signing-cert-file=/node/pki/ca.crt',
    '--cluster-signing-key-file=/node/pki/ca.key',
  ]);
}

export function scheduler(): Component {
  return controlLoop('kube-scheduler', 10259, []);
}
