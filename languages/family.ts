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
import { EnvironmentChart } from '../lib/synth/chart';
import { orderFor } from './buildpacks';
import { type Distro, type ImageKindName, inPairs } from './distro';
import { type LanguageVersion, partsOf } from './language';

/** A distro and a language. */
export interface FamilyProps {
  readonly on: Distro;
  readonly language: LanguageVersion;
  /** Packages of its images beyond those of the distro and of the language. @default - none */
  readonly packages?: readonly string[];
  /** The images, by the ends of their names: for jobs and shells, and for webservices. @default - both */
  readonly images?: readonly ImageKindName[];
  /** The exact packages of its stack. @default - the committed lock */
  readonly lock?: StackLock;
}

/**
 * All of a language on a distro: a stack, the runtimes, and the images `<id>-sssd-base` and `<id>-sssd-web`.
 *
 * The stack is `<suite>-<id>`, and so is its lock. Where nothing of the language or its server is laid into a layer, the distro's builder for the
 * server makes its images; else it has a builder of its own. Runtimes are compiled in the distro's build image when that has what they need,
 * else in the family's own.
 *
 * On one distro, a release of a runtime is in one family: a second one that compiles the same is refused at synth, since both would declare one run.
 *
 * @example
 * ```ts
 * new Family(scope, 'lua54', { on: trixie, language: lua.at('5.4') });
 * ```
 *
 * @throws Error for a version that the language does not have, and one of which the distro's release has no runtime
 */
export class Family extends EnvironmentChart {
  readonly stack: Stack;
  /** What builds its images, and images of tools that want the language: these name its stack as well. */
  readonly builder: Builder;
  /** What its images for webservices consist of, and those of tools can. */
  readonly parts: readonly Part[];
  private readonly images: ReadonlyMap<ImageKindName, PlatformImage>;

  constructor(scope: Construct, id: string, props: FamilyProps) {
    super(scope, id, props.on.platform.chartProps);
    const { on, language, packages = [], images = ['base', 'web'] } = props;
    // At once: all else that it would find, such as packages of no such version, has this one cause.
    const [wrong] = language.part.problems;
    if (wrong !== undefined) throw new Error(`${this.node.path}: ${wrong}`);
    const consistsOf = { base: [language.part], web: partsOf(language) };
    this.parts = images.includes('web') ? consistsOf.web : consistsOf.base;
    this.stack = this.declareStack(`${on.suite}-${id}`, props, packages);
    const ofItsOwn = (): Builder => {
      const hasPlain = images.some((each) => laidOf(consistsOf[each]).length === 0);
      return new Builder(this, id, {
        stack: this.stack,
        runtimes: this.runtimes(on.stack),
        order: orderFor(this.parts, hasPlain),
      });
    };
    const isLaid = laidOf(this.parts).some(({ makes }) => makes !== 'webservice');
    this.builder = isLaid ? ofItsOwn() : on.builderFor(images.includes('web') ? language.language.server : undefined);
    const making = { pipeline: on.platform.images, builder: this.builder, stack: this.stack };
    this.images = inPairs(images, (kind, canary) => {
      return new PlatformImage(this, `${id}-sssd-${kind}`, { ...making, parts: consistsOf[kind], canary });
    });
  }

  /** @throws Error when the family has no image of this kind */
  image(kind: ImageKindName): PlatformImage {
    const found = this.images.get(kind);
    if (found === undefined)
      throw new Error(`${this.node.path} has no image '${kind}', but ${[...this.images.keys()].join(', ')}`);
    return found;
  }

  private declareStack(name: string, { on, language, lock }: FamilyProps, packages: readonly string[]): Stack {
    const below = language.language.standsOn === 'devel' ? on.devel : on.stack;
    return new Stack(this, name, {
      extends: below,
      packages: {
        run: unique([
          ...packages,
          ...this.parts.flatMap((part) => part.packagesOn(on.suite)),
          ...this.parts.flatMap((part) => needsOf(part, on.stack).run),
        ]),
        build: unique(this.parts.filter((part) => !canCompile(on.stack, part)).flatMap((part) => needsOf(part, on.stack).build)),
      },
      files: Object.assign({}, ...this.parts.map(({ files }) => files)) as Readonly<Record<string, string>>,
      facade: facadeOf(this.parts, below),
      lock: lock ?? on.platform.readLock(name),
    });
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
