import type { Construct } from 'constructs';
import { type Distro, EVERY_IMAGE } from '../languages/distro';
import { standalone } from '../languages/standalone/language';
import { Stack } from '../lib/buildpacks/stack/stack';
import { PlatformImage } from '../lib/images/platform-image';
import { EnvironmentChart } from '../lib/synth/chart';

/** Debian 11 for programs that a tool has compiled elsewhere: the distro's base and a few libraries, without the common tools. */
export class Standalone extends EnvironmentChart {
  constructor(scope: Construct, distro: Distro) {
    const { suite, base, platform } = distro;
    super(scope, 'standalone', platform.chartProps);
    const { part } = standalone.at('11');
    const name = `${suite}-standalone`;
    const stack = new Stack(this, name, {
      ...{ extends: base, packages: { run: part.packagesOn(suite) }, lock: platform.readLock(name) },
      ...EVERY_IMAGE,
    });
    const builder = distro.builderFor();
    new PlatformImage(stack, name, { pipeline: platform.images, builder, stack, parts: [part], bare: true });
  }
}
