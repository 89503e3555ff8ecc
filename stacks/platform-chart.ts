import { ApiObject } from 'cdk8s';
import { Namespace, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { contractsOf } from '../languages/contracts';
import type { AnyLanguage } from '../languages/language';
import { BuildEgress } from '../lib/buildpacks/build-egress';
import { BuildPipelines } from '../lib/buildpacks/build-pipelines';
import { PlatformImagePipeline } from '../lib/images/platform-image-pipeline';
import { ToolImagePipeline } from '../lib/images/tool-image-pipeline';
import type { Pins } from '../lib/registry/pins';
import { PromotionAccess } from '../lib/registry/promotion-access';
import { Registry } from '../lib/registry/registry';
import { RegistryTasks } from '../lib/registry/registry-tasks';
import { registryAuthority, withPullSecret } from '../lib/registry/registry-authority';
import type { Settings } from '../lib/settings/settings';
import { EnvironmentChart, type EnvironmentChartProps } from '../lib/synth/chart';
import { external } from '../lib/synth/external';
import { ContractAccess, contractTools } from '../lib/toolforge/contract/contract-access';
import { isLegacy } from './legacy/catalogue';
import { stateOf } from './legacy/standing';
import { ledgerOf } from './ledger';
import { readLayerPlan } from './locks/read-layer-plan';
import { readLock } from './locks/read-lock';
import type { ToolsChart } from './tools-chart';

export interface PlatformChartProps {
  readonly environment: string;
  readonly settings: Settings;
  /** The images that are held at a digest. */
  readonly pins: Pins;
  /** The namespaces of the tools as whose users images are tried. */
  readonly tools: ToolsChart;
  /** Whose images are tried. */
  readonly languages: readonly AnyLanguage[];
}

/** What all builds share: their namespace, their service account, their pipelines. */
export class PlatformChart extends EnvironmentChart {
  /** What the charts of builds have in common: the namespace, and that they come after this one. */
  readonly chartProps: EnvironmentChartProps;
  /** Bases are told of it, and what stands on them finds it by them. */
  readonly builds: BuildPipelines;
  readonly images: PlatformImagePipeline;
  /** What builds tools' own repositories. */
  readonly toolImages: ToolImagePipeline;
  readonly readLock = readLock;
  readonly readLayerPlan = readLayerPlan;

  constructor(scope: Construct, id: string, { environment, settings, pins, tools, languages }: PlatformChartProps) {
    super(scope, id, { namespace: settings.namespace, after: [tools] });
    this.chartProps = { namespace: settings.namespace, after: [this] };
    const namespace = new Namespace(this, 'namespace', {
      metadata: {
        name: settings.namespace,
        // Root filesystems are made as root with some capabilities: baseline allows that, restricted does not, and says of whom.
        labels: {
          'pod-security.kubernetes.io/enforce': 'baseline',
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/audit': 'restricted',
        },
      },
    });
    const registry = new Registry(settings.registry);
    const authority = registryAuthority(this, registry);
    const serviceAccount = new ServiceAccount(this, 'builder', { metadata: { name: 'builder' }, automountToken: false });
    const contractAccess = new ContractAccess(this, 'contract-access', {
      namespace: settings.namespace,
      tools: contractTools(settings.toolforge),
    });
    const promotionAccess = new PromotionAccess(this, 'promotion-access', settings.namespace);
    for (const { serviceAccount: each } of [{ serviceAccount }, contractAccess, promotionAccess]) withPullSecret(each, registry);
    const { toolbox } = settings;
    const asking = new RegistryTasks(this, 'asking', { registry, toolbox });
    const making = { registry, toolbox, serviceAccount, asking };
    this.secretsOfRegistry(settings);
    const { lifecycle, mirror, vanishedPackages, toolforge, publicTags } = settings;
    this.builds = new BuildPipelines(this, 'builds', { ...making, lifecycle, mirror, vanishedPackages });
    const promoting = { ...making, promotionAccess };
    const standings = ledgerOf(settings);
    const leavesLatest = (name: string): boolean => isLegacy(name) && stateOf(standings[name]) !== 'promoted';
    const trying = { toolforge, publicTags, leavesLatest, contractAccess, contracts: contractsOf(languages), environment, pins };
    // Each with its tasks around it: a construct cannot depend on what is in it.
    const [images, toolImages] = [new Construct(this, 'images'), new Construct(this, 'tool-images')];
    this.images = new PlatformImagePipeline(images, 'platform-image', { ...promoting, ...trying });
    this.toolImages = new ToolImagePipeline(toolImages, 'tool-image', promoting);
    const pipelines = [asking, this.builds, images, toolImages];
    for (const each of pipelines) if (authority !== undefined) each.node.addDependency(authority);
    const inNamespace = [
      serviceAccount,
      this.denyIngress(settings.namespace),
      new BuildEgress(this, 'egress', {
        namespace: settings.namespace,
        registry: settings.registry.host,
        mirror: settings.mirror,
      }),
      contractAccess,
      promotionAccess,
      ...(authority ? [authority] : []),
      ...pipelines,
    ];
    for (const each of inNamespace) each.node.addDependency(namespace);
  }

  /** The Secrets of the registry are made by people, so that no value is in dist/. */
  private secretsOfRegistry({ namespace, registry, toolforge }: Settings): void {
    const madeBy = 'Administrators, with kubectl, before the first build: type kubernetes.io/dockerconfigjson.';
    const secret = { apiVersion: 'v1', kind: 'Secret', madeBy };
    const { pushSecret, pullSecret } = registry;
    const names = new Set([pushSecret, pullSecret].filter((name) => name !== undefined));
    for (const name of names) external(this, `secret-${name}`, { ...secret, namespace, name });
    if (pullSecret === undefined) return;
    for (const tool of contractTools(toolforge))
      external(this, `pull-secret-${tool.name}`, { ...secret, namespace: tool.namespace, name: pullSecret });
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
