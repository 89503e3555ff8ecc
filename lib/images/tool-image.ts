import { Construct, type IConstruct } from 'constructs';
import type { IBuilder } from '../buildpacks/builder/builder';
import type { IStack } from '../buildpacks/stack/stack';
import type { Address } from '../registry/address';
import type { IImage } from '../registry/image';
import type { Registry } from '../registry/registry';
import type { Tool } from '../toolforge/tool';
import { descriptorOf, laidOf } from './descriptor';
import { toolImageAddress, toolImageMaking } from './image-address';
import { toolImageProblems } from './image-problems';
import type { Part } from './part';
import { claimPublicName } from './public-names';
import { TOOL_TAG, toolImageName, type ToolImagePipeline, toolRepository } from './tool-image-pipeline';
import { type GitSource, sourceProblems } from './tool-source';

/** A tool's own image as its pods use it. */
export interface IToolImage extends IImage {
  readonly tool: Tool;
  /** The tag by which it is used, which moves: `<registry>/tool-<name>/<id>:latest`. */
  readonly public: string;
}

/** Whose image, from which source, by which builder. */
export interface ToolImageProps {
  /** What builds and publishes it. */
  readonly pipeline: ToolImagePipeline;
  readonly tool: Tool;
  readonly builder: IBuilder;
  /** On whose run image its layers are put: the builder's, or one on that. @default - the builder's */
  readonly stack?: IStack;
  /** What it is built from. The repository needs to know nothing of this project; a `Procfile` says what is started. */
  readonly source: GitSource;
  /** What the application needs of the platform, beside its run image or in it. @default - none */
  readonly parts?: readonly Part[];
}

/**
 * A tool's own repository as an image, built by the phases that build platform images. Its construct id is the image's name.
 *
 * It has no contract, which is about legacy images, but what is in it is checked in the same way: every UID can read it, and none write.
 *
 * @example
 * ```ts
 * new ToolImage(this, 'web', {
 *   pipeline: toolImages,
 *   tool: toolOf('tools', { name: 'my-tool', uid: 53123 }),
 *   builder,
 *   source: { url: 'https://gitlab.wikimedia.org/toolforge-repos/my-tool', commit: '3f786850e387550fdab836ed7e6dc881de23001b' },
 *   parts: [pythonPart.with({ version: '3.11' })],
 * });
 * ```
 */
export class ToolImage extends Construct implements IToolImage {
  /** A tool's image that another environment makes, in a registry of ours. */
  static fromReference(scope: Construct, id: string, attributes: ImportedToolImage): IToolImage {
    const { registry, tool, address, runImage } = attributes;
    const imported = new Construct(scope, id);
    const repository = toolRepository(imported, registry, tool, id);
    const [reference, used] = [repository.addressed(address, runImage), repository.tagged(TOOL_TAG)];
    return Object.assign(imported, { tool, address, reference, public: used });
  }

  /** All of them below a construct, in the order of their declaration. */
  static allOf(root: IConstruct): readonly ToolImage[] {
    return root.node.findAll().filter((each) => each instanceof ToolImage);
  }

  /** `tool-<tool>/<id>`: that of its repository, without the registry. */
  readonly name: string;
  readonly tool: Tool;
  /** On whose run image its layers are. */
  readonly stack: IStack;
  /** Its layers' address; in the tag, that of the run image follows. */
  readonly address: Address;
  readonly reference: string;
  readonly public: string;

  /** @throws Error when the id cannot be the name of a repository */
  constructor(scope: Construct, id: string, props: ToolImageProps) {
    super(scope, id);
    const { pipeline, tool, builder, stack = builder.stack, source, parts = [] } = props;
    const name = `${tool.name}-${id}`;
    const descriptor = laidOf(parts).length === 0 ? '' : descriptorOf(name, parts);
    const repository = toolRepository(this, pipeline.registry, tool, id);
    this.name = toolImageName(tool, id);
    this.tool = tool;
    this.stack = stack;
    this.address = toolImageAddress(source.commit, toolImageMaking(source.folder ?? '', descriptor, parts, builder, stack));
    const { address } = this;
    this.reference = pipeline.make(this, 'run', name, { source, descriptor, builder, stack, repository, address }).reference;
    this.public = repository.tagged(TOOL_TAG);
    const doubled = claimPublicName(this, this.public);
    this.node.addValidation({
      validate: () =>
        [...sourceProblems(source, !pipeline.registry.tls), ...toolImageProblems(name, parts, builder, stack), ...doubled()].map(
          (problem) => `${this.node.path}: ${problem}`,
        ),
    });
  }
}

/** What has to be known of an image that another environment makes. */
export interface ImportedToolImage {
  readonly registry: Registry;
  readonly tool: Tool;
  readonly address: Address;
  /** The address of the run image under it. */
  readonly runImage: Address;
}
