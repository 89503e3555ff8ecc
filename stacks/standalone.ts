import type { Construct } from 'constructs';
import { orderFor } from '../languages/buildpacks';
import { type Distro, EVERY_IMAGE } from '../languages/distro';
import { standalone } from '../languages/standalone/language';
import { Builder } from '../lib/buildpacks/builder/builder';
import { Stack } from '../lib/buildpacks/stack/stack';
import { PlatformImage } from '../lib/images/platform-image';
import { EnvironmentChart } from '../lib/synth/chart';

/** Debian 11 for programs that a tool has compiled elsewhere: the distro's base and a few libraries, without the common tools. */
export class Standalone extends EnvironmentChart {
  constructor(scope: Construct, { suite, base, platform }: Distro) {
    super(scope, 'standalone', platform.chartProps);
    const { part } = standalone.at('11');
    const name = `${suite}-standalone`;
    const stack = new Stack(this, name, {
      extends: base,
      // What buildpacks are written in, beyond the base.
      packages: { run: part.packagesOn(suite), build: ['jq', 'procps'] },
      ...EVERY_IMAGE,
      lock: platform.readLock(name),
    });
    const builder = new Builder(this, 'standalone', { stack, order: orderFor([], true) });
    new PlatformImage(builder, name, { pipeline: platform.images, builder, parts: [part] });
  }
}
