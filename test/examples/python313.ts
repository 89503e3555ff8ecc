import type { Construct } from 'constructs';
import { orderFor } from '../../languages/buildpacks';
import { pythonFacade } from '../../languages/python/facade';
import { pythonPart } from '../../languages/python/part';
import { pythonRecipe } from '../../languages/python/recipe';
import { Builder } from '../../lib/buildpacks/builder/builder';
import { runtimeNeeds } from '../../lib/buildpacks/runtime/recipe';
import { Runtime, type RuntimeOrigin } from '../../lib/buildpacks/runtime/runtime';
import { type IStack, Stack } from '../../lib/buildpacks/stack/stack';
import { PlatformImage } from '../../lib/images/platform-image';
import { EnvironmentChart } from '../../lib/synth/chart';
import { readLock } from '../../stacks/locks/read-lock';
import type { PlatformChart } from '../../stacks/platform-chart';

const python313Source = {
  kind: 'source',
  recipe: pythonRecipe,
  source: { archive: 'debian', pool: 'pool/main/p/python3.13', files: { 'python3.13_3.13.5-2.dsc': '0'.repeat(64) } },
} satisfies RuntimeOrigin;

export class Python313 extends EnvironmentChart {
  constructor(scope: Construct, platform: PlatformChart, trixie: IStack) {
    super(scope, 'python313', platform.chartProps);
    const stack = new Stack(this, 'trixie-python313', {
      extends: trixie,
      packages: { run: ['build-essential', ...runtimeNeeds(pythonRecipe, trixie).run] },
      facade: pythonFacade('3.13'),
      lock: readLock('trixie-python313'),
    });
    const python = new Runtime(this, 'python', { version: '3.13.5', builtOn: trixie, from: python313Source });
    const parts = [pythonPart.with({ version: '3.13' })];
    const builder = new Builder(this, 'python313', { stack, runtimes: [python], order: orderFor(parts) });
    new PlatformImage(this, 'python313-sssd-base', { pipeline: platform.images, builder, parts });
  }
}
