import { Construct } from 'constructs';
import type { ImageMaking } from '../registry/image-pipeline';
import { basePipeline } from './base/base-pipeline';
import { type BuilderMaking, builderPipeline } from './builder/builder-pipeline';
import type { Mirrors } from './debian/locked-packages';
import type { Recipe } from './runtime/recipe';
import { runtimePipeline } from './runtime/runtime-pipeline';
import { stackPipeline } from './stack/stack-pipeline';

/** What the pipelines need: what all images are made with, where packages come from, and what builders have inside. */
export interface BuildPipelinesProps extends ImageMaking, Mirrors, BuilderMaking {}

/**
 * The Tekton pipelines that make bases, stacks, runtimes and builders; each is there when something is declared that it makes.
 *
 * A base is told of them, and everything that stands on the base finds them by it.
 *
 * @example
 * ```ts
 * const { lifecycle, mirror, vanishedPackages } = settings;
 * const pipelines = new BuildPipelines(this, 'builds', { ...making, lifecycle, mirror, vanishedPackages });
 * ```
 */
export class BuildPipelines extends Construct {
  private readonly made = new Map<string, unknown>();
  private readonly recipes = new Map<string, Recipe>();

  constructor(
    scope: Construct,
    id: string,
    readonly props: BuildPipelinesProps,
  ) {
    super(scope, id);
  }

  get base(): ReturnType<typeof basePipeline> {
    return this.once('base', () => basePipeline(this, this.props));
  }

  get stack(): ReturnType<typeof stackPipeline> {
    return this.once('stack', () => stackPipeline(this, this.props));
  }

  get builder(): ReturnType<typeof builderPipeline> {
    return this.once('builder', () => builderPipeline(this, this.props));
  }

  /**
   * One for each recipe, because a task's script is its own.
   *
   * @throws Error for another recipe of a name that one has already
   */
  runtime(recipe: Recipe): ReturnType<typeof runtimePipeline> {
    const known = this.recipes.get(recipe.name) ?? recipe;
    if (known.script !== recipe.script)
      throw new Error(`${this.node.path}: there are two recipes of the name '${recipe.name}'; give one of them another`);
    this.recipes.set(recipe.name, recipe);
    return this.once(`${recipe.name}-runtime`, () => runtimePipeline(this, recipe, this.props));
  }

  private once<T>(id: string, make: () => T): T {
    const known = this.made.get(id) as T | undefined;
    if (known !== undefined) return known;
    const made = make();
    this.made.set(id, made);
    return made;
  }
}
