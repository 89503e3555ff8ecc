import { ApiObject, Chart } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { BasePipeline } from '../lib/buildpacks/base/base-pipeline';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';

/** What all builds share: their namespace, their service account, their pipelines. */
export class PlatformChart extends Chart {
  readonly basePipeline: BasePipeline;

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, { namespace: settings.namespace, disableResourceNameHashes: true });
    const namespace = new Namespace(this, 'namespace', {
      metadata: {
        name: settings.namespace,
        // Root filesystems are made as root with a container's default capabilities: baseline allows that, restricted does not.
        labels: { 'pod-security.kubernetes.io/enforce': 'baseline' },
      },
    });
    const builder = new ServiceAccount(this, 'builder', { metadata: { name: 'builder' }, automountToken: false });
    builder.node.addDependency(namespace);
    this.denyIngress(settings.namespace).node.addDependency(namespace);
    this.basePipeline = new BasePipeline(this, 'base-pipeline', {
      registry: new Registry(settings.registry),
      toolbox: settings.toolbox,
      mirror: settings.mirror,
      serviceAccountName: builder.name,
    });
    this.basePipeline.node.addDependency(namespace, builder);
  }

  /** Nothing may call a build. cdk8s-plus can say so only of selected pods, this is of all. */
  private denyIngress(namespace: string): ApiObject {
    return new ApiObject(this, 'deny-ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-ingress', namespace },
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });
  }
}
