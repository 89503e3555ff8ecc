/** etcd, the cluster's memory. It syncs to disk as in production: what the API server accepted survives any kill. */
import type { Component } from './component';
import { probeInNode } from './probes';

export const etcdUrl = 'https://127.0.0.1:2379';
const metricsPort = 2381;

export function etcd(): Component {
  return {
    name: 'etcd',
    place: 'node',
    address: etcdUrl,
    after: [],
    command: [
      'etcd',
      '--name=node1',
      '--data-dir=/node/etcd',
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      '--listen-peer-urls=http://127.0.0.1:2380',
      '--initial-advertise-peer-urls=http://127.0.0.1:2380',
      '--initial-cluster=node1=http://127.0.0.1:2380',
      '--cert-file=/node/pki/etcd.crt',
      '--key-file=/node/pki/etcd.key',
      '--client-cert-auth',
      '--trusted-ca-file=/node/pki/etcd-ca.crt',
      `--listen-metrics-urls=http://127.0.0.1:${metricsPort}`,
      '--auto-compaction-retention=1',
      '--logger=zap',
      '--log-level=warn',
    ],
    files: [],
    probe: () => probeInNode(metricsPort, '/health', '"true"'),
  };
}
