import { Construct, type IConstruct } from 'constructs';
import type { IStack } from '../buildpacks/stack/stack';
import type { Registry, Repository } from '../registry/registry';
import type { Tool } from '../toolforge/tool';
import { TOOL_TAG, toolImageName, toolRepository } from './tool-image-pipeline';

/** Whose image, and where it goes. */
interface FollowedImageDeclaration {
  readonly tool: Tool;
  /** The name of the image. */
  readonly image: string;
  readonly stack: IStack;
  readonly registry: Registry;
}

/** A tool's image of whichever commit a branch has; `FollowedImages.add()` declares it. */
export class FollowedImage extends Construct {
  /** All of them below a construct, in the order of their declaration. */
  static allOf(root: IConstruct): readonly FollowedImage[] {
    return root.node.findAll().filter((each) => each instanceof FollowedImage);
  }

  /** `tool-<tool>/<id>`: that of its repository, without the registry. */
  readonly name: string;
  readonly tool: Tool;
  /** On whose run image its layers are. */
  readonly stack: IStack;
  readonly repository: Repository;
  /** The tag by which it is used, which moves: `<registry>/tool-<name>/<id>:latest`. */
  readonly public: string;

  /** @throws Error when the name of the image cannot be that of a repository */
  constructor(scope: Construct, id: string, { tool, image, stack, registry }: FollowedImageDeclaration) {
    super(scope, id);
    this.name = toolImageName(tool, image);
    this.tool = tool;
    this.stack = stack;
    this.repository = toolRepository(this, registry, tool, image);
    this.public = this.repository.tagged(TOOL_TAG);
  }
}
