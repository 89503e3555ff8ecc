import { Construct, type IConstruct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { IImage } from '../registry/image';
import type { ImageRun } from '../registry/image-run';
import type { Registry } from '../registry/registry';
import { imageAddress } from './image-address';
import { imageProblems } from './image-problems';
import type { Part } from './part';
import type { PlatformImagePipeline } from './platform-image-pipeline';
import { claimPublicName } from './public-names';

/** An image as tools use it. */
export interface IPlatformImage extends IImage {
  /** The legacy image's name without `toolforge-`, such as `python311-sssd-web`. */
  readonly name: string;
  /** The tag by which tools use it, which moves: `<registry>/toolforge-python311-sssd-web:latest`. */
  readonly public: string;
}

/** Of what an image consists, and what makes it. */
export interface PlatformImageProps {
  /** What builds, tries and promotes it. */
  readonly pipeline: PlatformImagePipeline;
  readonly builder: IBuilder;
  /** On whose run image its layers are put: the builder's, or one on that. @default - the builder's */
  readonly stack?: IStack;
  /** What it consists of beside its run image, or has there. None is an image that is its run image. */
  readonly parts: readonly Part[];
  /** It promises none of the common tools, and the contract asks for none: it has what its stack has. @default false */
  readonly bare?: boolean;
  /**
   * An image on the same stack of which no less is tried. When both are put on another run image, this one is tried in full, and of the image whether
   * it starts: its layers have passed before.
   *
   * @default - none: the image itself is tried in full
   */
  readonly canary?: PlatformImage | undefined;
}

/**
 * What a legacy image becomes. Its construct id is the legacy name without `toolforge-`, and no other image has it.
 *
 * @example
 * ```ts
 * const image = new PlatformImage(this, 'python311-sssd-base', {
 *   pipeline: images,
 *   builder,
 *   parts: [pythonPart.with({ version: '3.11' })],
 * });
 * ```
 */
export class PlatformImage extends Construct implements IPlatformImage {
  /** A platform image that another environment makes, in a registry of ours. */
  static fromReference(scope: Construct, id: string, attributes: ImportedPlatformImage): IPlatformImage {
    const { registry, address, runImage, tag = 'latest' } = attributes;
    const repository = registry.repository(`toolforge-${id}`);
    const [reference, used] = [repository.addressed(address, runImage), repository.tagged(tag)];
    return Object.assign(new Construct(scope, id), { name: id, address, reference, public: used });
  }

  /** All platform images below a construct, in the order of their declaration. */
  static allOf(root: IConstruct): readonly PlatformImage[] {
    return root.node.findAll().filter((each) => each instanceof PlatformImage);
  }

  /** Those of them whose layers are on a stack: what is tried of its run image. */
  static on(stack: IStack): readonly PlatformImage[] {
    return PlatformImage.allOf(stack.node.root).filter((each) => each.stack === stack);
  }

  readonly name: string;
  /** Its layers' address; in the tag, that of the run image follows. */
  readonly address: Address;
  /** Of what is public: by its addresses, or by the digest that it is pinned to. */
  readonly reference: string;
  readonly public: string;
  /** All of them, in the order in which they move. */
  readonly publicTags: readonly string[];
  readonly builder: IBuilder;
  /** On whose run image its layers are. */
  readonly stack: IStack;
  readonly parts: readonly Part[];
  readonly bare: boolean;
  /** What is tried in full in its place when both are rebased. */
  readonly canary: PlatformImage | undefined;
  /** What makes it, tries it and makes it public. */
  readonly run: ImageRun;

  constructor(scope: Construct, id: string, props: PlatformImageProps) {
    super(scope, id);
    const { pipeline, builder, stack = builder.stack, parts, bare = false, canary } = props;
    this.name = id;
    this.builder = builder;
    this.stack = stack;
    this.parts = parts;
    this.bare = bare;
    this.canary = canary;
    this.address = imageAddress(id, parts, builder, stack);
    const { address } = this;
    this.run = pipeline.make(this, 'run', { name: id, parts, bare, builder, stack, address, canary });
    this.reference = this.run.reference;
    this.public = pipeline.publicReference(id);
    this.publicTags = pipeline.publicTagsOf(id);
    const doubled = claimPublicName(this, this.public);
    this.node.addValidation({
      validate: () =>
        [...imageProblems(id, parts, builder, stack), ...this.canaryProblems(pipeline), ...doubled()].map(
          (problem) => `${this.node.path}: ${problem}`,
        ),
    });
  }

  private canaryProblems(pipeline: PlatformImagePipeline): readonly string[] {
    const { canary } = this;
    if (canary === undefined) return [];
    if (canary.canary !== undefined)
      return [`its canary, ${canary.name}, has one itself, ${canary.canary.name}; expected is one that is always tried in full`];
    if (canary.stack !== this.stack)
      return [
        `its canary, ${canary.name}, is on the stack ${canary.stack.name}, expected is one on ${this.stack.name}: on another run image it says nothing of this one`,
      ];
    const untried = pipeline.untriedBy(canary, this);
    if (untried.length === 0) return [];
    return [
      `of its canary, ${canary.name}, there is not tried what is promised here: ${untried.join(', ')}; expected is one of which no less is tried`,
    ];
  }
}

/** What has to be known of an image that another environment makes. */
export interface ImportedPlatformImage {
  readonly registry: Registry;
  readonly address: Address;
  /** The address of the run image under it. */
  readonly runImage: Address;
  /** The tag by which tools use it. @default 'latest' */
  readonly tag?: 'testing' | 'latest';
}
