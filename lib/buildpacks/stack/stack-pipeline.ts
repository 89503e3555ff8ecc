import { Construct } from 'constructs';
import { ImagePipeline } from '../../registry/image-pipeline';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import { REGISTRY_SCRIPTS } from '../../registry/registry-scripts';
import { registryAccess } from '../../registry/registry-access';
import type { Settings } from '../../settings/settings';
import { Task } from '../../tekton/task';
import { lockLines } from '../debian/locked-packages';
import { baseOf } from './stack';
import { type StackImage, STACK_SCRIPTS } from './stack-image';

export interface StackPipelineProps {
  readonly registry: Registry;
  /** The image with apt, jq, umoci and skopeo. */
  readonly toolbox: string;
  readonly mirror: Settings['mirror'];
  readonly vanishedPackages: Settings['vanishedPackages'];
  readonly serviceAccountName: string;
}

/** The Tekton pipeline that makes the images of stacks, each a layer on the image that it stands on. */
export class StackPipeline extends Construct {
  private readonly pipeline;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: StackPipelineProps,
  ) {
    super(scope, id);
    this.pipeline = new ImagePipeline(this, 'stack', {
      description: 'Makes an image of a stack on the image that it stands on, and pushes it under its address.',
      params: stackParams,
      task: stackTask(this, props),
      serviceAccountName: props.serviceAccountName,
      timeout: '30m0s',
    });
  }

  /** Declares that an image of a stack is to be in the registry, on a parent that another run makes. */
  make(scope: Construct, { stack, role, packages, lock, settings, address }: StackImage, parent: MadeImage): MadeImage {
    const { registry, mirror, vanishedPackages } = this.props;
    const name = `${stack.name}-${role}`;
    const image = registry.addressed(`platform/${name}`, address);
    const params = {
      image,
      'registry-tls': String(registry.tls),
      parent: parent.image,
      name,
      suite: baseOf(stack).suite,
      settings: JSON.stringify({ ...settings, packages }),
      lock: lockLines(lock),
      'vanished-packages': vanishedPackages,
      mirror: mirror.debian,
      'security-mirror': mirror.security,
    };
    return this.pipeline.make(scope, `${name}-image`, { image, params, from: [parent] });
  }
}

const stackParams = {
  image: { description: 'Where the image goes; the tag is its address.' },
  'registry-tls': { description: "'true' or 'false': whether the registry speaks TLS." },
  parent: { description: 'The image that it stands on.' },
  name: { description: 'The name of the stack and the role of the image.' },
  suite: { description: 'The code name of the Debian release.' },
  settings: { description: 'Packages, files, users, links, environment, labels and user, in JSON.' },
  lock: { description: 'The packages beyond those of the parent: a line of name, version and SHA-256 for each.' },
  'vanished-packages': { description: "'refuse' or 'substitute': what to do when the mirror has dropped a locked version." },
  mirror: { description: 'The Debian mirror.' },
  'security-mirror': { description: 'The mirror of security updates.' },
} as const;

function stackTask(scope: Construct, { toolbox, registry }: StackPipelineProps) {
  const access = registryAccess(registry);
  const mounts = { work: '/work' } as const;
  const withRegistry = { mounts: { ...mounts, ...access.mounts }, env: access.env };
  return new Task(scope, 'stack-image', {
    description: 'Makes an image of a stack as one layer more on its parent, unless the registry has it.',
    params: stackParams,
    results: ['digest', 'made'],
    volumes: { work: { kind: 'scratch', sizeLimit: '8Gi' }, ...access.volumes },
    env: ({ params, results }) => ({
      HOME: '/work',
      IMAGE: params.image,
      REGISTRY_TLS: params['registry-tls'],
      PARENT: params.parent,
      NAME: params.name,
      SUITE: params.suite,
      SETTINGS: params.settings,
      LOCK: params.lock,
      VANISHED: params['vanished-packages'],
      MIRROR: params.mirror,
      SECURITY_MIRROR: params['security-mirror'],
      DIGEST_RESULT: results.digest,
      MADE_RESULT: results.made,
    }),
    steps: ({ params }) => [
      { name: 'look-up', image: toolbox, script: REGISTRY_SCRIPTS.lookUp, ...withRegistry },
      { name: 'prepare', image: toolbox, script: STACK_SCRIPTS.prepare, ...withRegistry, resources: { cpu: 250, memory: 512 } },
      {
        name: 'install',
        image: params.parent,
        script: STACK_SCRIPTS.install,
        mounts,
        user: 'root',
        resources: { cpu: 500, memory: 1024 },
      },
      { name: 'assemble', image: toolbox, script: STACK_SCRIPTS.assemble, mounts, resources: { cpu: 250, memory: 512 } },
      { name: 'push', image: toolbox, script: REGISTRY_SCRIPTS.push, ...withRegistry, resources: { cpu: 250, memory: 512 } },
    ],
  });
}
