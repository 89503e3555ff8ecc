import { Construct } from 'constructs';
import { Task } from '../../tekton/task';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { registryAccess } from '../../registry/registry-access';
import { ImagePipeline } from '../../registry/image-pipeline';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import type { Settings } from '../../settings/settings';
import { type LockedPackages, lockLines } from '../debian/locked-packages';
import { BASE_SCRIPTS, baseAddress, type DebianBase } from './base';

export interface BasePipelineProps {
  readonly registry: Registry;
  /** The image with mmdebstrap, umoci and skopeo. */
  readonly toolbox: string;
  readonly mirror: Settings['mirror'];
  readonly vanishedPackages: Settings['vanishedPackages'];
  readonly serviceAccountName: string;
}

/**
 * The Tekton pipeline that makes bases and pushes them under their address.
 *
 * One pod, so that the root filesystem passes from step to step on scratch space. Its first step asks the registry: what is there
 * already is not made again, so a recreated, pruned or doubled run is harmless.
 */
export class BasePipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: BasePipelineProps,
  ) {
    super(scope, id);
    this.pipeline = new ImagePipeline(this, 'base', {
      description: 'Makes the root filesystem of a Debian release and pushes it under its address.',
      params: baseParams,
      task: baseTask(this, props),
      serviceAccountName: props.serviceAccountName,
      timeout: '30m0s',
    });
  }

  /** Declares that a base is to be in the registry, made of the packages of a lock. */
  make(scope: Construct, name: string, base: DebianBase, lock: LockedPackages): MadeImage {
    const { registry, mirror, vanishedPackages } = this.props;
    const image = registry.addressed(`platform/${name}`, baseAddress(base, lock));
    const params = {
      image,
      'registry-tls': String(registry.tls),
      suite: base.suite,
      packages: [...base.packages].sort().join(','),
      lock: lockLines(lock),
      'vanished-packages': vanishedPackages,
      mirror: mirror.debian,
      'security-mirror': mirror.security,
    };
    return this.pipeline.make(scope, `${name}-base`, { image, params, from: [] });
  }
}

const baseParams = {
  image: { description: 'Where the image goes; the tag is its address.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  suite: { description: 'The code name of the release.' },
  packages: { description: 'Names of packages, with commas between them.' },
  lock: { description: 'All packages: a line of name, version and SHA-256 for each.' },
  'vanished-packages': { description: "'refuse' or 'substitute': what to do when the mirror has dropped a locked version." },
  mirror: { description: 'The Debian mirror.' },
  'security-mirror': { description: 'The mirror of security updates.' },
} as const;

function baseTask(scope: Construct, { toolbox, registry }: BasePipelineProps) {
  const access = registryAccess(registry);
  return new Task(scope, 'debian-base', {
    description: 'Makes a Debian root filesystem from packages and pushes it as an image, unless the registry has it.',
    params: baseParams,
    results: ['digest', 'made'],
    volumes: { work: { kind: 'scratch', sizeLimit: '4Gi' }, ...access.volumes },
    env: ({ params, results }) => ({
      HOME: '/work',
      IMAGE: params.image,
      REGISTRY_TLS: params['registry-tls'],
      SUITE: params.suite,
      PACKAGES: params.packages,
      LOCK: params.lock,
      VANISHED: params['vanished-packages'],
      MIRROR: params.mirror,
      SECURITY_MIRROR: params['security-mirror'],
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    steps: () => [
      {
        name: 'look-up',
        image: toolbox,
        script: REGISTRY_SCRIPTS.lookUp,
        mounts: { ...WORK, ...access.mounts },
        env: access.env,
      },
      {
        name: 'root-filesystem',
        image: toolbox,
        script: BASE_SCRIPTS.rootFilesystem,
        mounts: WORK,
        user: 'root',
        resources: { cpu: 500, memory: 1024 },
      },
      {
        name: 'assemble',
        image: toolbox,
        script: BASE_SCRIPTS.assemble,
        mounts: WORK,
        resources: { cpu: 500, memory: 512 },
      },
      {
        name: 'push',
        image: toolbox,
        script: REGISTRY_SCRIPTS.push,
        mounts: { ...WORK, ...access.mounts },
        env: access.env,
        resources: { cpu: 250, memory: 512 },
      },
    ],
  });
}

const WORK = { work: '/work' } as const;
