import { ApiObject, Chart, type ChartProps } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { BasePipeline } from '../lib/buildpacks/base/base-pipeline';
import { BuilderPipeline } from '../lib/buildpacks/builder/builder-pipeline';
import { RuntimePipeline } from '../lib/buildpacks/runtime/runtime-pipeline';
import { StackPipeline } from '../lib/buildpacks/stack/stack-pipeline';
import { PlatformImagePipeline } from '../lib/images/platform-image-pipeline';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { ContractAccess, contractTools } from '../lib/toolforge/contract/contract-access';

export interface PlatformChartProps {
  readonly settings: Settings;
  /** The namespaces of the tools as whose users images are tried. */
  readonly tools: Chart;
}

/** What all builds share: their namespace, their service account, their pipelines. */
export class PlatformChart extends Chart {
  readonly basePipeline: BasePipeline;
  readonly stackPipeline: StackPipeline;
  readonly runtimePipeline: RuntimePipeline;
  readonly builderPipeline: BuilderPipeline;
  readonly imagePipeline: PlatformImagePipeline;
  /** What the charts of builds have in common: the namespace, and names without hashes. */
  readonly chartProps: ChartProps;

  constructor(scope: Construct, id: string, { settings, tools }: PlatformChartProps) {
    const chartProps = { namespace: settings.namespace, disableResourceNameHashes: true };
    super(scope, id, chartProps);
    this.chartProps = chartProps;
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
    this.addDependency(tools);
    const contractAccess = new ContractAccess(this, 'contract-access', {
      namespace: settings.namespace,
      tools: contractTools(settings.toolforge),
    });
    contractAccess.node.addDependency(namespace);
    const shared = {
      registry: new Registry(settings.registry),
      toolbox: settings.toolbox,
      lifecycle: settings.lifecycle,
      mirror: settings.mirror,
      vanishedPackages: settings.vanishedPackages,
      serviceAccountName: builder.name,
      toolforge: settings.toolforge,
      publicTags: settings.publicTags,
      contractAccess,
    };
    this.basePipeline = new BasePipeline(this, 'base-pipeline', shared);
    this.stackPipeline = new StackPipeline(this, 'stack-pipeline', shared);
    this.runtimePipeline = new RuntimePipeline(this, 'runtime-pipeline', shared);
    this.builderPipeline = new BuilderPipeline(this, 'builder-pipeline', shared);
    this.imagePipeline = new PlatformImagePipeline(this, 'image-pipeline', shared);
    const pipelines = [this.basePipeline, this.stackPipeline, this.runtimePipeline, this.builderPipeline, this.imagePipeline];
    for (const pipeline of pipelines) pipeline.node.addDependency(namespace, builder);
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
