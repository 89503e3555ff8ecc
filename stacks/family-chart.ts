import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Builder } from '../lib/buildpacks/builder/builder';
import type { Runtime } from '../lib/buildpacks/runtime/runtime';
import type { PlatformImage } from '../lib/images/platform-image';
import type { PublicImage } from '../lib/images/platform-image-pipeline';
import type { MadeImage } from '../lib/registry/made-image';
import type { PlatformChart } from './platform-chart';
import type { StackChart } from './stack-chart';

export interface FamilyChartProps {
  readonly platform: PlatformChart;
  /** The stack in whose build image the runtimes are built. */
  readonly runtimesOn: StackChart;
  /** The stack of the builder and of the images. */
  readonly stack: StackChart;
  readonly builder: Builder;
  readonly images: readonly PlatformImage[];
}

/** The images of one language: its runtimes, its builder, and what the builder makes. */
export class FamilyChart extends Chart {
  private readonly made: ReadonlyMap<PlatformImage, PublicImage>;

  constructor(scope: Construct, id: string, { platform, runtimesOn, stack, builder, images }: FamilyChartProps) {
    super(scope, id, platform.chartProps);
    this.addDependency(platform);
    const runtimes = new Map<Runtime, MadeImage>();
    for (const runtime of builder.runtimes) {
      const name = runtime.kind === id.replace(/\d+$/, '') ? id : `${runtime.kind}-${id}`;
      runtimes.set(runtime, platform.runtimePipeline.make(this, name, runtime, { buildImage: runtimesOn.build }));
    }
    const madeBuilder = platform.builderPipeline.make(this, builder, {
      buildImage: stack.build,
      runRepository: stack.run.image.replace(/:[^:/]+$/, ''),
      runtimeImage: (runtime) => runtimes.get(runtime) as MadeImage,
    });
    this.made = new Map(
      images.map((image) => [image, platform.imagePipeline.make(this, image, { builder: madeBuilder, runImage: stack.run })]),
    );
  }

  /**
   * An image of the family, as tools use it.
   *
   * @throws Error when it is not one of `images`
   */
  imageOf(image: PlatformImage): PublicImage {
    const found = this.made.get(image);
    if (found) return found;
    throw new Error(`${this.node.path}: ${image.name} is none of the images of this family; add it to \`images\``);
  }
}
