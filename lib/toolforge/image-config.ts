import { ApiObject, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { RETAIN_ON_DELETE } from '../synth/retained';

/** An image that people get by a tag that moves; a platform image is one. */
export interface PublicImage {
  /** `<registry>/toolforge-python311-sssd-web:latest`. */
  readonly public: string;
}

/**
 * What the command line calls the kinds of server; `webservice` makes a runner's type of it. They are the words of Toolforge's CLI and API, which
 * this project does not define.
 */
export const webserviceTypes = ['generic', 'js', 'lighttpd', 'lighttpd-plain', 'python'] as const;
/** One of {@link webserviceTypes}. */
export type WebserviceType = (typeof webserviceTypes)[number];

/** One name that people type: `webservice python3.11 start`, `toolforge jobs run --image python3.11`. */
export interface ImageType {
  readonly state: 'stable' | 'deprecated';
  /** Other names of it for jobs: those of years ago, and those of the images. @default none */
  readonly aliases?: readonly string[];
  /** For jobs before they used the web image, and for types that have no server. */
  readonly jobs: PublicImage;
  /** @default - no webservice has this type */
  readonly webservice?: {
    readonly image: PublicImage;
    readonly type: WebserviceType;
    /** `jdk`: 1Gi of memory. @default 'default' */
    readonly resources?: 'default' | 'jdk';
  };
}

/** Types by name. */
export type ImageCatalogue = Readonly<Record<string, ImageType>>;

/** The types that people choose from. */
export interface ImageConfigProps {
  readonly catalogue: ImageCatalogue;
}

/**
 * The ConfigMap `image-config` in `tf-public`: which images the names of types stand for, for webservice and jobs.
 *
 * References in it have no tag: who reads it adds `latest`. In Toolforge another component owns the object, and every tool's jobs need
 * it, so it is retained when it is declared no more.
 *
 * @example
 * ```ts
 * new ImageConfig(this, 'image-config', {
 *   catalogue: { 'python3.11': { state: 'stable', aliases: ['tf-python311'], jobs: image } },
 * });
 * ```
 *
 * Synthesis refuses names that stand twice, and images whose tag is not `latest`.
 *
 * @see facts of Toolforge, A.5
 */
export class ImageConfig extends Construct {
  static readonly NAMESPACE = 'tf-public';
  static readonly NAME = 'image-config';
  static readonly KEY = 'images-v1.yaml';

  constructor(scope: Construct, id: string, { catalogue }: ImageConfigProps) {
    super(scope, id);
    const problems = [...doubledNames(catalogue), ...otherTags(catalogue)];
    this.node.addValidation({ validate: () => problems.map((each) => `${this.node.path}: ${each}`) });
    const types = Object.fromEntries(Object.entries(catalogue).map(([name, type]) => [name, entryOf(type)]));
    // In Toolforge another component has it too: no field that it does not have, and a ConfigMap of cdk8s-plus would say `immutable: false`.
    new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: ImageConfig.NAME, namespace: ImageConfig.NAMESPACE, annotations: RETAIN_ON_DELETE },
      data: { [ImageConfig.KEY]: Yaml.stringify(types) },
    });
  }
}

function entryOf({ state, aliases = [], jobs, webservice }: ImageType): object {
  return {
    // Jobs have used the web image since 2026, where there is one.
    image: repositoryOf(webservice?.image ?? jobs),
    state,
    aliases,
    variants: {
      'jobs-framework': { image: repositoryOf(jobs) },
      ...(webservice && {
        webservice: {
          image: repositoryOf(webservice.image),
          extra: { wstype: webservice.type, resources: webservice.resources ?? 'default' },
        },
      }),
    },
  };
}

const repositoryOf = (image: PublicImage): string => image.public.replace(/:latest$/, '');

function doubledNames(catalogue: ImageCatalogue): string[] {
  const names = Object.entries(catalogue).flatMap(([type, { aliases = [] }]) => [
    { name: type, of: `the type '${type}'` },
    ...aliases.map((alias) => ({ name: alias, of: `an alias of '${type}'` })),
  ]);
  const first = new Map<string, string>();
  return names.flatMap(({ name, of }) => {
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, of);
      return [];
    }
    return [`'${name}' is ${other} and ${of}; a name has to stand for one type, remove one of them`];
  });
}

function otherTags(catalogue: ImageCatalogue): string[] {
  return Object.entries(catalogue).flatMap(([type, { jobs, webservice }]) =>
    [jobs, ...(webservice ? [webservice.image] : [])]
      .filter((image) => !/^[^\s:@]+(:\d+)?\/[^\s:@]+:latest$/.test(image.public))
      .map(
        (image) =>
          `the type '${type}' has the image '${image.public}'; expected is <registry>/<repository>:latest, the tag that webservice and jobs add`,
      ),
  );
}
