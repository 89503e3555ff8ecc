import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import { waiveRoot } from '../../policy/waiver';
import { type ImageMaking, ImagePipeline } from '../../registry/image-pipeline';
import { script } from '../../tekton/script';
import { aptEnvironment, LOCK_PARAMS, type Mirrors, withApt } from '../debian/locked-packages';
import { askForLayers, DIVIDE_SCRIPT, divideTree, DIVIDING_PARAMS, dividingEnvironment } from '../layers/dividing';

const steps = join(__dirname, 'steps');

/** The scripts that make an image of a stack, in the order in which they run. Their text is part of every address. */
export const STACK_SCRIPTS = {
  prepare: withApt(script(steps, 'prepare.sh')),
  install: script(steps, 'install.sh'),
  assemble: DIVIDE_SCRIPT,
} as const;

/** The Tekton pipeline that makes the images of stacks, each in the one that it stands on, in layers by a plan. Its toolbox has apt besides. */
export function stackPipeline(scope: Construct, making: ImageMaking & Mirrors) {
  const mounts = { work: '/work' } as const;
  const pipeline = new ImagePipeline(scope, 'stack', {
    ...making,
    description: 'Makes an image of a stack in its parent, in layers of packages, unless the registry has it.',
    params: {
      parent: { description: 'The image that it stands on.' },
      suite: { description: 'The code name of the Debian release.' },
      ...DIVIDING_PARAMS,
      ...LOCK_PARAMS,
    },
    egress: ['mirror'],
    work: Size.gibibytes(4),
    image: Size.gibibytes(4),
    env: ({ params }) => ({
      SUITE: params.suite,
      ...dividingEnvironment(params, making, params.parent),
      ...aptEnvironment(params, making),
    }),
    pull: askForLayers,
    steps: ({ params }) => [
      {
        name: 'prepare',
        image: making.toolbox,
        script: STACK_SCRIPTS.prepare,
        mounts,
        resources: { cpu: 250, memory: 512 },
      },
      {
        name: 'install',
        image: params.parent,
        script: STACK_SCRIPTS.install,
        mounts,
        user: { root: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'SETFCAP', 'SETGID', 'SETUID', 'SYS_CHROOT'] },
        resources: { cpu: 500, memory: 1024 },
      },
      divideTree(making),
    ],
    timeout: Duration.minutes(30),
  });
  waiveRoot(pipeline.task, 'install', 'Maintainer scripts of Debian packages are written for root (docs/decisions/0003).');
  return pipeline;
}
