/** CoreDNS in the cluster: services, and the names by which pods know the registry, the git server and the package cache. */
import { Resolver } from 'node:dns/promises';
import { dnsServiceAddress, gitServerName, hostAddress, nodeAddress } from '../addresses';
import { coreDnsImage } from '../images/coredns';
import { referenceOf } from '../images/platform-image';
import { applyObjects } from './kubectl';

const corefile = `cluster.local:53 in-addr.arpa:53 {
  errors
  health :8181
  ready :8282
  kubernetes cluster.local in-addr.arpa
  cache 30
  reload
}
registry.local:53 ${gitServerName}:53 packages.local:53 {
  errors
  hosts {
    ${nodeAddress} registry.local
    ${nodeAddress} ${gitServerName}
    ${hostAddress} packages.local
  }
}
.:53 {
  # There is no other network: say so at once instead of letting programs wait.
  template ANY ANY . {
    rcode NXDOMAIN
  }
}
`;

const labels = { 'k8s-app': 'kube-dns' };
const metadata = { name: 'coredns', namespace: 'kube-system' };

const role = {
  rules: [
    { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
  ],
};

const container = (): object => ({
  name: 'coredns',
  image: referenceOf(coreDnsImage()),
  args: ['-conf', '/etc/coredns/Corefile'],
  volumeMounts: [{ name: 'configuration', mountPath: '/etc/coredns' }],
  readinessProbe: { httpGet: { path: '/ready', port: 8282 }, periodSeconds: 1 },
  livenessProbe: { httpGet: { path: '/health', port: 8181 }, initialDelaySeconds: 30 },
  resources: { requests: { cpu: '50m', memory: '40Mi' }, limits: { memory: '170Mi' } },
  securityContext: {
    runAsNonRoot: true,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
});

const objects = (): object[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'system:coredns' }, ...role },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ kind: 'ServiceAccount', ...metadata }],
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { Corefile: corefile } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'coredns',
          dnsPolicy: 'Default',
          priorityClassName: 'system-cluster-critical',
          containers: [container()],
          volumes: [{ name: 'configuration', configMap: { name: 'coredns' } }],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: {
      clusterIP: dnsServiceAddress,
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP' },
        { name: 'dns-tcp', port: 53, protocol: 'TCP' },
      ],
    },
  },
];

/** Applies CoreDNS; it is the owner of its fields, so applying it again changes nothing. */
export async function applyDns(): Promise<void> {
  await applyObjects(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects() }));
}

/** The cluster's DNS answers through its service address, as pods ask it. */
export async function probeDns(): Promise<void> {
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  resolver.setServers([dnsServiceAddress]);
  for (const name of ['registry.local', 'kubernetes.default.svc.cluster.local']) await resolver.resolve4(name);
}
