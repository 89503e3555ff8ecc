import { contractsOf } from '../../languages/contracts';
import { Distro } from '../../languages/distro';
import type { AnyLanguage } from '../../languages/language';
import { PlatformImagePipeline } from '../../lib/images/platform-image-pipeline';
import { PromotionAccess } from '../../lib/registry/promotion-access';
import { ContractAccess, contractTools } from '../../lib/toolforge/contract/contract-access';
import { readLayerPlan } from '../../stacks/locks/read-layer-plan';
import { readLock } from '../../stacks/locks/read-lock';
import { house } from '../buildpacks/house';
import { TOOLFORGE as toolforge } from '../toolforge/toolforge';

/** Debian 12 with its committed locks, and what tries languages. */
export function declareDistro(languages: readonly AnyLanguage[]) {
  const { app, chart, making, pipelines, manifests } = house();
  const images = new PlatformImagePipeline(chart, 'platform-image', {
    ...{ ...making, toolforge, publicTags: ['latest'], environment: 'tools', pins: {}, contracts: contractsOf(languages) },
    promotionAccess: new PromotionAccess(chart, 'promotion-access', 'builds'),
    contractAccess: new ContractAccess(chart, 'access', { namespace: 'builds', tools: contractTools(toolforge) }),
  });
  const platform = { chartProps: { namespace: 'builds', after: [chart] }, builds: pipelines, images, readLock, readLayerPlan };
  const distro = new Distro(app, 'bookworm', { platform, packages: { run: ['unzip', 'zip'], build: ['libpcre3-dev'] } });
  return { app, distro, manifests };
}
