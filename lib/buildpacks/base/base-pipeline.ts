import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { join } from 'node:path';
import { waiveRoot } from '../../policy/waiver';
import { type ImageMaking, ImagePipeline } from '../../registry/image-pipeline';
import { script } from '../../tekton/script';
import { askForLayers, DIVIDE_SCRIPT, divideTree, DIVIDING_PARAMS, dividingEnvironment } from '../layers/dividing';
import { aptEnvironment, LOCK_PARAMS, type Mirrors, withApt } from '../debian/locked-packages';

const steps = join(__dirname, 'steps');

/** The scripts that make a base, in the order in which they run. Their text is part of every base's address. */
export const BASE_SCRIPTS = {
  rootFilesystem: withApt(script(steps, 'root-filesystem.sh')),
  assemble: DIVIDE_SCRIPT,
} as const;

/** The Tekton pipeline that makes bases. Its toolbox has mmdebstrap besides. */
export function basePipeline(scope: Construct, making: ImageMaking & Mirrors) {
  const mounts = { work: '/work' } as const;
  const pipeline = new ImagePipeline(scope, 'base', {
    ...making,
    description: 'Makes the root filesystem of a Debian release, in layers of its packages, unless the registry has it.',
    params: {
      suite: { description: 'The code name of the release.' },
      packages: { description: 'Names of packages, with commas between them.' },
      ...DIVIDING_PARAMS,
      ...LOCK_PARAMS,
    },
    egress: ['mirror'],
    work: Size.gibibytes(4),
    image: Size.gibibytes(2),
    env: ({ params }) => ({
      SUITE: params.suite,
      PACKAGES: params.packages,
      ...dividingEnvironment(params, making, ''),
      ...aptEnvironment(params, making),
    }),
    pull: askForLayers,
    steps: () => [
      {
        name: 'root-filesystem',
        image: making.toolbox,
        script: BASE_SCRIPTS.rootFilesystem,
        mounts,
        user: { root: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'MKNOD', 'SETFCAP', 'SETGID', 'SETUID', 'SYS_CHROOT'] },
        resources: { cpu: 500, memory: 1024 },
      },
      divideTree(making),
    ],
    timeout: Duration.minutes(30),
  });
  waiveRoot(pipeline.task, 'root-filesystem', "mmdebstrap makes a root filesystem, whose files are root's.");
  return pipeline;
}
