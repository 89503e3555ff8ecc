import { Construct, type IConstruct } from 'constructs';
import { addressOf } from '../../registry/address';
import { type IImage, ImportedImage } from '../../registry/image';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { layerOf } from '../buildpack/buildpack';
import type { DebianFiles } from '../debian/debian-files';
import type { IStack } from '../stack/stack';
import type { Target } from '../target';
import { type PinnedFile, type PinnedFiles, filesOf } from './pinned-files';
import { ARCHIVE, DEBIAN_PACKAGES, type Recipe, RUNTIME_SCRIPTS, runtimeNeeds } from './recipe';
import { runtimeProblems } from './runtime-problems';

/** A language or a server as a relocatable tar file, kept in the registry; builders have it inside. */
export interface IRuntime extends IConstruct {
  /** The layer that holds it, and the buildpack `toolforge/<name>` that lays it: `python`. */
  readonly name: string;
  /** What the program says of itself: `3.11.2`. */
  readonly version: string;
  /** Where it lies in an image. */
  readonly prefix: string;
  readonly target: Target;
  /** The Debian packages that the image in which it runs has to have, as far as they are known. */
  readonly needs: readonly string[];
  /** The stack in whose build image it was made, and on which the stack of its builder has to stand. Undefined when nobody knows. */
  readonly builtOn: IStack | undefined;
  /** The runtime that it is built against, which has to be in the same builder. */
  readonly against: IRuntime | undefined;
  /** An image that holds `runtime/<name>.tar` and `runtime/runtime.json`. */
  readonly image: IImage;
}

/** Where a runtime comes from. Everything is pinned by its checksum. */
export type RuntimeOrigin =
  | {
      /** Compiled. */
      readonly kind: 'source';
      readonly recipe: Recipe;
      /** The source, of which the first file names the others (.dsc) or is the source itself. */
      readonly source: PinnedFiles;
      /** Packages of Debian or npm that the recipe puts in as well. @default - none */
      readonly packages?: readonly PinnedFiles[];
    }
  | {
      /** One archive, whose top folder becomes the prefix. */
      readonly kind: 'archive';
      readonly archive: PinnedFiles;
    }
  | {
      /** Debian packages, whose /usr becomes the prefix. Their maintainer scripts do not run. */
      readonly kind: 'debian-packages';
      readonly packages: readonly DebianFiles[];
    };

/** `runtime.json` but for the tar's checksum. */
interface RuntimeMetadata {
  readonly components: readonly ReturnType<PinnedFile['component']>[];
  readonly [key: string]: unknown;
}

/** Which version of what, from where, and in which stack's build image. */
export interface RuntimeProps {
  /** What the program says of itself, such as `3.11.2`; a recipe that compiles compares it. */
  readonly version: string;
  /** The stack in whose build image it is made, of the release that it will run on. */
  readonly builtOn: IStack;
  readonly from: RuntimeOrigin;
  /** The runtime that it is built against, of the same release, which has to be in the same builder. @default - none */
  readonly against?: IRuntime;
  /** Debian packages that the image in which it runs has to have. @default - those of the recipe, where that compiles */
  readonly needs?: readonly string[];
}

/**
 * A runtime. Its construct id is its name.
 *
 * Its address covers its source, its recipe and what it is built against. Not the versions in the build image: it links to the libraries
 * of the release dynamically, and the recipe fails when one of them is missing.
 *
 * @example
 * ```ts
 * const python = new Runtime(this, 'python', { version: '3.11.2', builtOn: bookworm, from: python311Source });
 * ```
 */
export class Runtime extends Construct implements IRuntime {
  /** All runtimes that are made, below a construct. */
  static allOf(root: IConstruct): readonly Runtime[] {
    return root.node.findAll().filter((each) => each instanceof Runtime);
  }

  /** A runtime that is in the registry already. Its construct id is its name. */
  static fromImage(scope: Construct, id: string, attributes: ImportedRuntimeAttributes): IRuntime {
    const { version, target, needs = [], against } = attributes;
    const imported = new Construct(scope, id);
    const image = new ImportedImage(imported, 'image', attributes.image);
    const known = { name: id, version, prefix: layerOf(id), target, needs, builtOn: undefined, against, image };
    return Object.assign(imported, known satisfies Omit<IRuntime, keyof IConstruct>);
  }

  readonly name: string;
  readonly version: string;
  readonly prefix: string;
  readonly target: Target;
  readonly needs: readonly string[];
  readonly builtOn: IStack;
  readonly against: IRuntime | undefined;
  /** What it is made from, the source first. */
  readonly pinned: readonly PinnedFiles[];
  readonly image: IImage;

  constructor(scope: Construct, id: string, { version, builtOn, from, against, needs }: RuntimeProps) {
    super(scope, id);
    this.name = id;
    this.version = version;
    this.prefix = layerOf(id);
    this.target = builtOn.target;
    this.builtOn = builtOn;
    this.against = against;
    const recipe = recipeOf(from);
    this.needs = needs ?? runtimeNeeds(recipe, builtOn).run;
    this.pinned = pinnedOf(from);
    const files = this.pinned.flatMap(filesOf);
    const [source] = files;
    if (source === undefined)
      throw new Error(`${this.node.path}: a runtime of kind '${from.kind}' needs at least one file; name it with its SHA-256`);
    this.node.addValidation({
      validate: () => runtimeProblems(this, recipe, this.pinned).map((each) => `${this.node.path}: ${each}`),
    });
    const metadata = this.metadata(source, files, against);
    const { registry, mirror } = builtOn.pipelines.props;
    this.image = builtOn.pipelines.runtime(recipe).make(this, 'image', {
      name: `${id}-${version.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-runtime`,
      repository: registry.repository(`platform/runtimes/${id}`),
      address: addressOf({
        name: id,
        version,
        debian: this.target.distro.version,
        // Not where the archive keeps the source, which runtime.json says as well: it moves between archives.
        components: metadata.components,
        files: files.map(({ name, sha256 }) => `${sha256} ${name}`).sort(),
        against: against?.image.address,
        recipe: [recipe.script, RUNTIME_SCRIPTS.pack, REGISTRY_SCRIPTS.push],
      }),
      params: {
        'build-image': builtOn.buildImage.reference,
        name: id,
        version,
        prefix: this.prefix,
        files: files.map((file) => `${file.sha256} ${file.urlIn(mirror)}`).join('\n'),
        metadata: JSON.stringify(metadata),
        ...(against && { against: against.image.reference, 'against-prefix': against.prefix }),
      },
      from: [builtOn.buildImage, ...(against ? [against.image] : [])],
    });
  }

  /** `runtime.json` but for the tar's checksum, which only the build knows (languages/README.md). */
  private metadata(source: PinnedFile, files: readonly PinnedFile[], against: IRuntime | undefined): RuntimeMetadata {
    // Of a source package, the first file stands for the others.
    const parts = files.filter(({ name }) => name === source.name || /\.(deb|tgz)$/.test(name));
    return {
      name: this.name,
      version: this.version,
      prefix: this.prefix,
      source: { url: source.origin, sha256: source.sha256 },
      target: this.target,
      ...(against && { needs: { [against.name]: against.version.split('.').slice(0, 2).join('.') } }),
      components: parts.map((file) => file.component(`debian-${this.target.distro.version}`)),
    };
  }
}

/** What has to be known of a runtime that somebody else has made. */
export interface ImportedRuntimeAttributes {
  /** `<registry>/platform/runtimes/<name>@sha256:...`. */
  readonly image: string;
  readonly version: string;
  readonly target: Target;
  /** Debian packages that the image in which it runs has to have. @default - none are known */
  readonly needs?: readonly string[];
  /** The runtime that it was built against. @default - none */
  readonly against?: IRuntime;
}

/** What makes a runtime of an origin. */
export function recipeOf(from: RuntimeOrigin): Recipe {
  if (from.kind === 'source') return from.recipe;
  return from.kind === 'archive' ? ARCHIVE : DEBIAN_PACKAGES;
}

function pinnedOf(from: RuntimeOrigin): readonly PinnedFiles[] {
  switch (from.kind) {
    case 'source':
      return [from.source, ...(from.packages ?? [])];
    case 'archive':
      return [from.archive];
    case 'debian-packages':
      return from.packages;
  }
}
