import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import { type ImageMaking, ImagePipeline } from '../../registry/image-pipeline';
import { withLibraries } from '../../registry/registry-scripts';
import { script } from '../../tekton/script';
import { CNB_USER } from '../build-user';

const steps = join(__dirname, 'steps');

/** The scripts that make a builder, in the order in which they run. What assembles is part of every builder's address. */
export const BUILDER_SCRIPTS = {
  pull: withLibraries(script(steps, 'pull.sh')),
  assemble: script(steps, 'assemble.sh'),
} as const;

/** What builders have in common. */
export interface BuilderMaking {
  /** The image with the lifecycle in /cnb/lifecycle. */
  readonly lifecycle: string;
}

/** The Tekton pipeline that makes builders: a build image with the lifecycle, buildpacks and their runtimes. */
export function builderPipeline(scope: Construct, making: ImageMaking & BuilderMaking) {
  const resources = { cpu: 250, memory: 512 };
  return new ImagePipeline(scope, 'builder', {
    ...making,
    description: 'Makes a builder and pushes it under its address, unless the registry has it.',
    params: {
      'build-image': { description: 'The build image that it stands on.' },
      lender: { description: 'The repository of the build image, whose layers it has.' },
      runtimes: { description: 'A line for each runtime: the folder of its buildpack, and its image.' },
      order: { description: 'The text of /cnb/order.toml.' },
      system: { description: 'The text of /cnb/system.toml; without one, there is no such file.', default: '' },
      run: { description: 'The text of /cnb/run.toml.' },
      'build-config': { description: "The files of /cnb/build-config/env, the operator's variables, in JSON: name and content." },
      metadata: { description: 'The label io.buildpacks.builder.metadata.' },
      'order-label': { description: 'The label io.buildpacks.buildpack.order.' },
    },
    workspaces: ['buildpacks'],
    egress: [],
    work: Size.gibibytes(4),
    image: Size.gibibytes(6),
    env: ({ params, workspaces }) => ({
      BUILD_IMAGE: params['build-image'],
      LENDER: params.lender,
      LIFECYCLE: making.lifecycle,
      RUNTIMES: params.runtimes,
      BUILDPACKS: workspaces.buildpacks,
      ORDER: params.order,
      SYSTEM: params.system,
      RUN: params.run,
      BUILD_CONFIG: params['build-config'],
      METADATA: params.metadata,
      ORDER_LABEL: params['order-label'],
      CNB_UID: String(CNB_USER.uid),
    }),
    pull: () => ({ script: BUILDER_SCRIPTS.pull, resources }),
    steps: () => [
      {
        name: 'assemble',
        image: making.toolbox,
        script: BUILDER_SCRIPTS.assemble,
        mounts: { work: '/work', image: '/image' },
        resources,
      },
    ],
    timeout: Duration.minutes(30),
  });
}
