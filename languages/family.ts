import type { Construct } from 'constructs';
import { Builder } from '../lib/buildpacks/builder/builder';
import { type RuntimeNeeds, runtimeNeeds } from '../lib/buildpacks/runtime/recipe';
import { type IRuntime, Runtime, recipeOf } from '../lib/buildpacks/runtime/runtime';
import type { Facade } from '../lib/buildpacks/stack/facade';
import type { StackLock } from '../lib/buildpacks/stack/lock-file';
import { type IStack, Stack } from '../lib/buildpacks/stack/stack';
import { laidOf } from '../lib/images/descriptor';
import { type Part, runtimeOf } from '../lib/images/part';
import { PlatformImage } from '../lib/images/platform-image';
import type { PlatformImagePipeline } from '../lib/images/platform-image-pipeline';
import { EnvironmentChart, type EnvironmentChartProps } from '../lib/synth/chart';
import { orderFor } from './buildpacks';
import { type LanguageVersion, partsOf } from './language';

/** What all families of an environment have in common. */
export interface FamilyPlatform {
  readonly chartProps: EnvironmentChartProps;
  /** What builds, tries and promotes platform images. */
  readonly images: PlatformImagePipeline;
  /** The committed lock of a stack. */
  readLock(stack: string): StackLock;
}

/** The images of a family, by the ends of their names: for jobs and shells, and for webservices. */
export type FamilyImage = 'base' | 'web';

/** A distro and a language. */
export interface FamilyProps {
  readonly platform: FamilyPlatform;
  /** The stack of the distro. */
  readonly on: IStack;
  readonly language: LanguageVersion;
  /** Packages of its images beyond those of the distro and of the language. @default - none */
  readonly packages?: readonly string[];
  /** @default - both */
  readonly images?: readonly FamilyImage[];
}

/**
 * All of a language on a distro: a stack, the runtimes, a builder, and the images `<id>-sssd-base` and `<id>-sssd-web`.
 *
 * The stack is `<distro>-<id>`, and so is its lock. Runtimes are compiled in the distro's build image when that has what they need, else in
 * the family's own.
 *
 * On one distro, a release of a runtime is in one family: a second one that compiles the same is refused at synth, since both would declare one run.
 *
 * @example
 * ```ts
 * const platform = { chartProps: { namespace: 'platform-images' }, images, readLock };
 * new Family(scope, 'lua54', { platform, on: bookworm, language: lua.at('5.4') });
 * ```
 *
 * @throws Error for a version of which the distro's release has no runtime
 */
export class Family extends EnvironmentChart {
  readonly stack: Stack;
  /** What builds its images, and images of tools that want the language. */
  readonly builder: Builder;
  /** What its images for webservices consist of, and those of tools can. */
  readonly parts: readonly Part[];
  private readonly images: ReadonlyMap<FamilyImage, PlatformImage>;

  constructor(scope: Construct, id: string, props: FamilyProps) {
    super(scope, id, props.platform.chartProps);
    const { platform, on, language, packages = [], images = ['base', 'web'] } = props;
    const consistsOf = { base: [language.part], web: partsOf(language) };
    this.parts = images.includes('web') ? consistsOf.web : consistsOf.base;
    const name = `${on.name}-${id}`;
    this.stack = new Stack(this, name, {
      extends: on,
      packages: {
        run: unique([
          ...packages,
          ...this.parts.flatMap((part) => part.packagesOn(on.suite)),
          ...this.parts.flatMap((part) => needsOf(part, on).run),
        ]),
        build: unique(this.parts.filter((part) => !canCompile(on, part)).flatMap((part) => needsOf(part, on).build)),
      },
      facade: facadeOf(this.parts, on),
      lock: platform.readLock(name),
    });
    this.builder = new Builder(this, id, {
      stack: this.stack,
      runtimes: this.runtimes(on),
      order: orderFor(
        this.parts,
        images.some((each) => laidOf(consistsOf[each]).length === 0),
      ),
    });
    const image = (kind: FamilyImage) =>
      new PlatformImage(this, `${id}-sssd-${kind}`, {
        pipeline: platform.images,
        builder: this.builder,
        parts: consistsOf[kind],
      });
    this.images = new Map(images.map((kind) => [kind, image(kind)]));
  }

  /** @throws Error when the family has no image of this kind */
  image(kind: FamilyImage): PlatformImage {
    const found = this.images.get(kind);
    if (found === undefined)
      throw new Error(`${this.node.path} has no image '${kind}', but ${[...this.images.keys()].join(', ')}`);
    return found;
  }

  /** Those of its parts, each after the one that it is built against. */
  private runtimes(on: IStack): readonly IRuntime[] {
    const made = new Map<string, IRuntime>();
    for (const part of this.parts) {
      if (part.runtimes === undefined) continue;
      const release = runtimeOf(part, on.suite);
      if (release === undefined) throw new Error(`${this.node.path}: ${noRelease(part, on)}`);
      const against = made.get(part.runtimes.against?.name ?? '');
      const builtOn = canCompile(on, part) ? on : this.stack;
      made.set(part.name, new Runtime(this, part.name, { ...release, builtOn, ...(against && { against }) }));
    }
    return [...made.values()];
  }
}

/** By which paths its parts are reached, but for those that the distro has already, such as the runner's. */
function facadeOf(parts: readonly Part[], { content }: IStack): Facade {
  const entries = parts.flatMap(({ facade }) => Object.entries(facade));
  return Object.fromEntries(entries.filter(([path, to]) => content.links[path] !== to));
}

/** What the runtime of a part needs, where it has one. */
function needsOf(part: Part, on: IStack): RuntimeNeeds {
  const release = runtimeOf(part, on.suite);
  return release ? runtimeNeeds(recipeOf(release.from), on) : { build: [], run: [] };
}

/** Whether a build image has what the runtime of a part is compiled with, as far as is known. */
function canCompile(on: IStack, part: Part): boolean {
  return !on.isWholeKnown || needsOf(part, on).build.every((each) => on.buildPackages.includes(each));
}

function noRelease({ name, runtimes, options }: Part, { suite }: IStack): string {
  const there = runtimes?.releases[suite]?.map(({ version }) => version) ?? [];
  return `the part '${name}' ${options['version'] ?? ''} has no release for ${suite}, which has ${there.join(', ') || 'none'}; add one to its \`releases\``;
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
