import { Construct } from 'constructs';
import type { MadeImage } from '../../registry/made-image';
import type { Registry } from '../../registry/registry';
import { registryAccess } from '../../registry/registry-access';
import type { Settings } from '../../settings/settings';
import { Pipeline } from '../../tekton/pipeline';
import { PipelineRun } from '../../tekton/pipeline-run';
import { Task } from '../../tekton/task';
import { BASE_SCRIPTS } from '../base/base';
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
    const pipeline = new Pipeline(this, 'stack', {
      description: 'Makes an image of a stack on the image that it stands on, and pushes it under its address.',
      params: stackParams,
    });
    const made = pipeline.addTask('stack', stackTask(this, props), { params: pipeline.params });
    pipeline.addResult('digest', made.results.digest, 'The digest of the pushed image.');
    pipeline.addResult('made', made.results.made, "'built', or 'found' when the registry had it already.");
    this.pipeline = pipeline;
  }

  /** Declares that an image of a stack is to be in the registry, on a parent that another run makes. */
  make(scope: Construct, { stack, role, packages, lock, settings, address }: StackImage, parent: MadeImage): MadeImage {
    const { registry, mirror, vanishedPackages, serviceAccountName } = this.props;
    const name = `${stack.name}-${role}`;
    const image = registry.addressed(`platform/${name}`, address);
    const run = new PipelineRun(scope, `${name}-image`, {
      pipeline: this.pipeline,
      serviceAccountName,
      timeout: '30m0s',
      image,
      params: {
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
      },
    });
    run.node.addDependency(parent.run);
    return { image, run };
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
    steps: () => [
      { name: 'look-up', image: toolbox, script: BASE_SCRIPTS.lookUp, ...withRegistry },
      { name: 'fetch', image: toolbox, script: STACK_SCRIPTS.fetch, ...withRegistry, resources: { cpu: '250m', memory: '512Mi' } },
      {
        name: 'install',
        image: toolbox,
        script: STACK_SCRIPTS.install,
        mounts,
        user: 'root',
        resources: { cpu: '500m', memory: '1Gi' },
      },
      { name: 'push', image: toolbox, script: BASE_SCRIPTS.push, ...withRegistry, resources: { cpu: '250m', memory: '512Mi' } },
    ],
  });
}
