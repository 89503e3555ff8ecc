import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Settings } from '../settings/settings';
import { type Destination, DESTINATIONS, egressLabel } from '../tekton/egress';

/** Where registry and mirrors are. */
export interface BuildEgressProps {
  readonly namespace: string;
  /** Host, perhaps with port. */
  readonly registry: string;
  readonly mirror: Settings['mirror'];
}

interface Rule {
  readonly to?: readonly object[];
  readonly ports: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port: number }[];
}

/**
 * The network policies of builds: no pod calls anything but the name server, and what its task declares as `egress`.
 *
 * Kubernetes knows names of hosts in no policy, only blocks of addresses, which nobody knows at synth: so registry, mirrors, sources and
 * API server are ports here, of any host. Whether policies are enforced is the cluster's: Calico does, the embedded platform's bridge does not.
 *
 * @example
 * ```ts
 * new BuildEgress(this, 'egress', {
 *   namespace: settings.namespace,
 *   registry: settings.registry.host,
 *   mirror: settings.mirror,
 * });
 * ```
 */
export class BuildEgress extends Construct {
  constructor(scope: Construct, id: string, { namespace, registry, mirror }: BuildEgressProps) {
    super(scope, id);
    const rules: Readonly<Record<Destination, Rule>> = {
      registry: { ports: tcp([portOf(`https://${registry}`)]) },
      mirror: { ports: tcp([mirror.debian, mirror.security, ...(mirror.npm === undefined ? [] : [mirror.npm])].map(portOf)) },
      sources: { ports: tcp([80, 443]) },
      // The service's port, and the server's own, which is what policies see of it.
      api: { ports: tcp([443, 6443]) },
      'tool-pods': {
        to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'image-contract' } } }],
        ports: tcp([8000]),
      },
    };
    const nameServer: Rule = {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    };
    this.policy('deny-egress', namespace, {}, [nameServer]);
    for (const destination of DESTINATIONS)
      this.policy(`egress-${destination}`, namespace, { matchLabels: { [egressLabel(destination)]: 'allowed' } }, [
        rules[destination],
      ]);
  }

  private policy(name: string, namespace: string, podSelector: object, egress: readonly Rule[]): void {
    new ApiObject(this, name, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, namespace },
      spec: { podSelector, policyTypes: ['Egress'], egress },
    });
  }
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return port === '' ? (protocol === 'http:' ? 80 : 443) : Number(port);
}

function tcp(ports: readonly number[]): Rule['ports'] {
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ protocol: 'TCP', port }));
}
