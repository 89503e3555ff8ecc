/**
 * The addresses of the embedded platform. They are private to one machine: a veth pair joins the host and the node, and no
 * route leads from the node to anywhere else.
 */

/** The node's end of the veth pair: API server, registry and git server listen here. */
export const nodeAddress = '172.30.0.1';

/** The host's end of the veth pair: only the package cache listens here. */
export const hostAddress = '172.30.0.2';

/** Both ends are in one network of this prefix length. */
export const linkPrefix = 30;

/** The host's network interface; its peer in the node is called eth0. */
export const hostInterface = 'csb0';

/** The pods of all nodes; the only node's are the first part of it. */
export const clusterNetwork = '10.244.0.0/16';
export const podNetwork = '10.244.0.0/24';
export const serviceNetwork = '10.96.0.0/16';
export const apiServiceAddress = '10.96.0.1';
export const dnsServiceAddress = '10.96.0.10';

export const apiServerPort = 6443;
export const apiServerUrl = `https://${nodeAddress}:${apiServerPort}`;
export const registryPort = 5000;
export const packageCachePort = 3142;

/** How manifests name the registry; CoreDNS and containerd know the name. */
export const registryName = `registry.local:${registryPort}`;

/** How the host reaches the registry. */
export const registryAddress = `${nodeAddress}:${registryPort}`;

/** That of HTTP: network policies let builds call sources there. */
export const gitServerPort = 80;

/** How pods name the git server. */
export const gitServerName = 'git.local';

/** How pods name the package cache. */
export const packageCacheName = `packages.local:${packageCachePort}`;

/** The Kubernetes name of the only node. */
export const nodeName = 'node1';
