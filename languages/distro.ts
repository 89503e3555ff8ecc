import type { Construct } from 'constructs';
import { Base } from '../lib/buildpacks/base/base';
import type { BuildPipelines } from '../lib/buildpacks/build-pipelines';
import type { Fallbacks } from '../lib/buildpacks/debian/locked-packages';
import { Builder } from '../lib/buildpacks/builder/builder';
import type { LayerPlan } from '../lib/buildpacks/layers/layer-plan';
import type { StackLock } from '../lib/buildpacks/stack/lock-file';
import { type IStack, Stack, type StackProps } from '../lib/buildpacks/stack/stack';
import type { Suite } from '../lib/buildpacks/target';
import { PlatformImage } from '../lib/images/platform-image';
import type { PlatformImagePipeline } from '../lib/images/platform-image-pipeline';
import { EnvironmentChart, type EnvironmentChartProps } from '../lib/synth/chart';
import { orderFor } from './buildpacks';
import { webserviceRunner } from './webservice-runner/part';
import { genericServer, type Server } from './webservice-runner/server';

/** What all distros and families of an environment have in common. */
export interface ImagesPlatform {
  readonly chartProps: EnvironmentChartProps;
  /** What makes bases and what stands on them. */
  readonly builds: BuildPipelines;
  /** What builds, tries and promotes platform images. */
  readonly images: PlatformImagePipeline;
  /** The committed lock of a stack. */
  readLock(stack: string): StackLock;
  /** The committed layer plan of a release. */
  readLayerPlan(release: Suite): LayerPlan;
}

/** What of a distro is not as of the others. */
export interface DistroProps {
  readonly platform: ImagesPlatform;
  /** Packages beyond those of all distros, in the run image, and in the build image alone. @default - none */
  readonly packages?: Partial<StackProps['packages']>;
  /** What its locks may fall back to, by source package, where the mirror does not have what its index names. @default - nothing */
  readonly fallbacks?: Fallbacks;
}

/** What an image for jobs and shells is, or one for webservices. */
export type ImageKindName = 'base' | 'web';

/**
 * A Debian release, with what every Toolforge image of it has: the common tools, every locale, accounts by sssd. Its construct id is the
 * release's code name.
 *
 * It has a base, the stack `<suite>`, and what is made when the first family wants it: the stack `<suite>-devel`, and a builder
 * `<suite>-<server>` for all families of which no language is laid into a layer.
 *
 * @example
 * ```ts
 * const platform = { chartProps: { namespace: 'platform-images' }, builds: pipelines, images, readLock, readLayerPlan };
 * const trixie = new Distro(scope, 'trixie', { platform, packages: { run: ['unzip', 'zip'], build: ['libpcre2-dev'] } });
 * ```
 */
export class Distro extends EnvironmentChart {
  readonly platform: ImagesPlatform;
  readonly base: Base;
  readonly stack: Stack;

  constructor(
    scope: Construct,
    readonly suite: Suite,
    { platform, packages = {}, fallbacks = {} }: DistroProps,
  ) {
    super(scope, suite, platform.chartProps);
    this.platform = platform;
    const lock = platform.readLock(suite);
    this.base = new Base(this, 'base', {
      ...{ kind: 'debian', name: suite, suite, pipelines: platform.builds, lock },
      packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
      fallbacks,
      layers: platform.readLayerPlan(suite),
    });
    const { run = [], build = [] } = packages;
    this.stack = new Stack(this, suite, {
      extends: this.base,
      packages: { run: [...COMMON_TOOLS, ...run], build: [...COMPILING, ...build] },
      ...EVERY_IMAGE,
      facade: webserviceRunner([]).with({ type: 'generic' }).facade,
      lock,
    });
  }

  /** The stack of languages with extensions that are compiled, by maintainers in a shell of the image. */
  get devel(): IStack {
    return this.once(`${this.suite}-devel`, (id) => {
      const lock = this.platform.readLock(id);
      return new Stack(this, id, { extends: this.stack, packages: { run: DEVEL }, lock });
    });
  }

  /** What builds images with a server of which nothing else is laid, whatever their stack above the distro's is. */
  builderFor(server: Server = genericServer): Builder {
    return this.once(`${this.suite}-${server.type}`, (id) => {
      const runner = webserviceRunner(server === genericServer ? [] : [server]).with({ type: server.type });
      return new Builder(this, id, { stack: this.stack, order: orderFor([runner], true) });
    });
  }

  /** Declares the images without a language: `<suite>-sssd`, and for webservices `<suite>-web-sssd`. */
  withImages(images: readonly ImageKindName[] = ['base', 'web']): this {
    const builder = this.builderFor();
    const consistsOf = { base: [], web: [webserviceRunner([]).with({ type: 'generic' })] };
    inPairs(images, (kind, canary) => {
      const made = { pipeline: this.platform.images, builder, parts: consistsOf[kind], canary };
      return new PlatformImage(this, `${this.suite}${kind === 'web' ? '-web' : ''}-sssd`, made);
    });
    return this;
  }

  private once<T extends Construct>(id: string, make: (id: string) => T): T {
    return (this.node.tryFindChild(id) as T | undefined) ?? make(id);
  }
}

/** Makes the images of one stack: that for webservices first, of which all is tried that is tried of the other. It is the other's canary. */
export function inPairs(
  kinds: readonly ImageKindName[],
  make: (kind: ImageKindName, canary: PlatformImage | undefined) => PlatformImage,
): ReadonlyMap<ImageKindName, PlatformImage> {
  const web = kinds.includes('web') ? make('web', undefined) : undefined;
  const made = (kind: ImageKindName): PlatformImage => (kind === 'web' && web !== undefined ? web : make(kind, web));
  return new Map(kinds.map((kind) => [kind, made(kind)]));
}

// Without the host's /var/lib/sss/pipes, sss has no answer and the lookup goes on.
const NSSWITCH = [
  ...['passwd: compat sss', 'group: compat sss', 'shadow: compat', 'gshadow: files', 'hosts: files dns', 'networks: files'],
  ...['protocols: db files', 'services: db files', 'ethers: db files sss', 'rpc: db files', 'netgroup: nis', ''],
].join('\n');

/** What every image has beside packages, that of no distro as well. */
export const EVERY_IMAGE = {
  environment: { LC_ALL: 'en_US.UTF-8' },
  files: { '/etc/default/locale': 'LANG=en_US.UTF-8\n', '/etc/nsswitch.conf': NSSWITCH },
} as const satisfies Partial<StackProps>;

const COMMON_TOOLS = [
  ...['bzip2', 'curl', 'emacs-nox', 'gawk', 'git', 'jq', 'less', 'locales', 'make', 'nano'],
  ...['openssh-client', 'procps', 'sed', 'vim', 'zstd'],
];

// What runtimes are compiled with here. A language whose recipe needs more has that in the build image of its own stack.
const COMPILING = [
  ...['build-essential', 'curl', 'libbz2-dev', 'libdb-dev', 'libexpat1-dev', 'libffi-dev', 'liblzma-dev', 'libncurses-dev'],
  ...['libnsl-dev', 'libreadline-dev', 'libsqlite3-dev', 'libssl-dev', 'libtirpc-dev', 'pkg-config', 'tzdata', 'uuid-dev'],
  'zlib1g-dev',
];

const DEVEL = ['build-essential', 'libicu-dev', 'libmariadb-dev', 'libsqlite3-dev'];
