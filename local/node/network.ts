/**
 * The node's only link: a veth pair to the host. The node has no default route, so the package cache on the host's end is the
 * only thing outside that its pods can reach.
 */
import { run } from '../run';
import {
  apiServerPort,
  gitServerPort,
  hostAddress,
  hostInterface,
  linkPrefix,
  nodeAddress,
  packageCachePort,
  podNetwork,
  registryPort,
  serviceNetwork,
} from '../addresses';
import { enter } from './holder';

interface Interface {
  readonly ifname: string;
  readonly addr_info: readonly { readonly local: string }[];
}

async function interfaces(): Promise<Interface[]> {
  const { exitCode, stdout } = await run('ip', ['-json', 'address', 'show'], { reject: false });
  // A machine without iproute2 has no link of ours either.
  return exitCode === 0 ? (JSON.parse(stdout) as Interface[]) : [];
}

/** Fails when the platform's link addresses belong to an interface that is not the platform's. */
export async function refuseForeignAddresses(): Promise<void> {
  const prefix = nodeAddress.slice(0, nodeAddress.lastIndexOf('.') + 1);
  for (const { ifname, addr_info } of await interfaces()) {
    const foreign = addr_info.find(({ local }) => local.startsWith(prefix) && ifname !== hostInterface);
    if (foreign !== undefined) {
      throw new Error(
        `the platform needs ${nodeAddress}/${linkPrefix} and ${hostAddress}/${linkPrefix}, but interface ${ifname} has ${foreign.local}; ` +
          `remove that address (ip address del ${foreign.local} dev ${ifname}) or stop what uses it`,
      );
    }
  }
}

// What the node's own network namespace must be told once; run inside it.
const nodeSetup = `
set -eu
ip address replace ${nodeAddress}/${linkPrefix} dev eth0
ip link set eth0 up
# Services are addresses that nobody has: the kernel wants a route before it rewrites them to a pod's address.
ip route replace ${serviceNetwork} dev eth0 src ${nodeAddress}
echo 1 >/proc/sys/net/ipv4/ip_forward
[ ! -e /proc/sys/net/bridge/bridge-nf-call-iptables ] || echo 1 >/proc/sys/net/bridge/bridge-nf-call-iptables
# Answers always pass. Beyond them, the node and its pods reach the package cache and nothing else of the host, and pods reach the
# API server, the registry and the git server and nothing else of the node (what they reach by a service is another pod, or the API server).
iptables-restore -w --noflush <<RULES
*filter
:CSB-EGRESS - [0:0]
-A CSB-EGRESS -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
-A CSB-EGRESS -p tcp -d ${hostAddress} --dport ${packageCachePort} -j RETURN
-A CSB-EGRESS -j REJECT
:CSB-PODS - [0:0]
-A CSB-PODS -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
-A CSB-PODS -p icmp -j RETURN
-A CSB-PODS -p tcp -d ${nodeAddress} --dport ${apiServerPort} -j RETURN
-A CSB-PODS -p tcp -d ${nodeAddress} --dport ${registryPort} -j RETURN
-A CSB-PODS -p tcp -d ${nodeAddress} --dport ${gitServerPort} -j RETURN
-A CSB-PODS -j REJECT
COMMIT
*mangle
:CSB-EGRESS - [0:0]
-A CSB-EGRESS -m conntrack --ctstate ESTABLISHED,RELATED -j RETURN
-A CSB-EGRESS -p tcp -d ${hostAddress} --dport ${packageCachePort} -j RETURN
-A CSB-EGRESS -j DROP
COMMIT
RULES
use() { iptables -w -C "$@" 2>/dev/null || iptables -w -I "$@"; }
use FORWARD -i cni0 -o eth0 -j CSB-EGRESS
# By address: here a packet to a service is still on its first way, to eth0, although it has its pod's address already.
use OUTPUT -d ${hostAddress} -j CSB-EGRESS
use INPUT -i cni0 -j CSB-PODS
# kube-proxy's rules may accept a packet before ours refuse it, say for a service whose endpoint is the host: here is no way around.
use POSTROUTING -t mangle -o eth0 -j CSB-EGRESS
`;

/** Makes the veth pair, its addresses and routes, unless they are there. */
export async function ensureNetwork(pid: number): Promise<void> {
  await refuseForeignAddresses();
  const existing = (await interfaces()).some(({ ifname }) => ifname === hostInterface);
  const connected = await run('nsenter', ['--target', String(pid), '--net', 'ip', 'link', 'show', 'eth0'], { reject: false });
  if (connected.exitCode !== 0) {
    // Left by a node whose namespace is still going away.
    if (existing) await run('ip', ['link', 'delete', hostInterface], { reject: false });
    await run('ip', ['link', 'add', hostInterface, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid)]);
  }
  await run('ip', ['address', 'replace', `${hostAddress}/${linkPrefix}`, 'dev', hostInterface]);
  await run('ip', ['link', 'set', hostInterface, 'up']);
  const [program = '', ...arguments_] = enter(pid);
  await run(program, [...arguments_, 'sh', '-c', nodeSetup]);
  for (const network of [podNetwork, serviceNetwork]) await run('ip', ['route', 'replace', network, 'via', nodeAddress]);
}

/** Removes the veth pair where the death of the node has not; its addresses and routes go with it. */
export async function removeNetwork(): Promise<void> {
  if ((await interfaces()).some(({ ifname }) => ifname === hostInterface)) {
    await run('ip', ['link', 'delete', hostInterface], { reject: false });
  }
}
