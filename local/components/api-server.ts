/** kube-apiserver, with TLS, node authorization and RBAC as in production. */
import { apiServerPort, apiServerUrl, nodeAddress, serviceNetwork } from '../addresses';
import { nodeStatePath } from '../directories';
import { toolPath } from '../toolchain/modules';
import type { Component } from './component';
import { etcdUrl } from './etcd';
import { probeHttp } from './probes';

const pki = (file: string): string => `/node/pki/${file}`;

export function apiServer(): Component {
  return {
    name: 'kube-apiserver',
    place: 'node',
    address: apiServerUrl,
    after: ['etcd'],
    command: [
      toolPath('kubernetes', 'kube-apiserver'),
      `--etcd-servers=${etcdUrl}`,
      `--etcd-cafile=${pki('etcd-ca.crt')}`,
      `--etcd-certfile=${pki('etcd-client.crt')}`,
      `--etcd-keyfile=${pki('etcd-client.key')}`,
      `--bind-address=${nodeAddress}`,
      `--advertise-address=${nodeAddress}`,
      `--secure-port=${apiServerPort}`,
      `--tls-cert-file=${pki('apiserver.crt')}`,
      `--tls-private-key-file=${pki('apiserver.key')}`,
      `--client-ca-file=${pki('ca.crt')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki('service-accounts.pub')}`,
      `--service-account-signing-key-file=${pki('service-accounts.key')}`,
      `--service-cluster-ip-range=${serviceNetwork}`,
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--allow-privileged=true',
      `--kubelet-client-certificate=${pki('apiserver-kubelet-client.crt')}`,
      `--kubelet-client-key=${pki('apiserver-kubelet-client.key')}`,
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      '--kubelet-preferred-address-types=InternalIP',
      `--requestheader-client-ca-file=${pki('front-proxy-ca.crt')}`,
      '--requestheader-allowed-names=front-proxy-client',
      '--requestheader-username-headers=X-Remote-User',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      `--proxy-client-cert-file=${pki('front-proxy-client.crt')}`,
      `--proxy-client-key-file=${pki('front-proxy-client.key')}`,
      '--profiling=false',
    ],
    files: [],
    probe: () => probeHttp(`${apiServerUrl}/readyz`, { authority: nodeStatePath('pki', 'ca.crt') }),
  };
}
