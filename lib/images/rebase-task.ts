import type { Construct } from 'constructs';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import type { ImageMaking } from '../registry/image-pipeline';
import { registryAccess } from '../registry/registry-access';
import { Task } from '../tekton/task';
import { imageParams } from './image-params';
import { IMAGE_SCRIPTS } from './image-scripts';

/** A Task that puts the layers of an image on another run image, in the registry. Nothing that is built runs in its pod. */
export function rebaseTask(scope: Construct, id: string, { toolbox, registry }: ImageMaking) {
  const { volumes, mounts, env } = registryAccess(registry);
  const resources = { cpu: 250, memory: 512 };
  const step = { name: 'rebase', image: toolbox, script: IMAGE_SCRIPTS.rebase, resources };
  return new Task(scope, id, {
    description: 'Puts the layers of an image on another run image.',
    egress: ['registry'],
    params: {
      image: imageParams.image,
      'built-image': { description: 'An image that has the layers, by its digest.' },
      'pinned-run-image': { description: 'The run image by its digest.' },
    },
    volumes,
    env: ({ params }) => ({
      HOME: '/tmp',
      IMAGE: params.image,
      BUILT_IMAGE: params['built-image'],
      RUN_IMAGE: params['pinned-run-image'],
      CNB_PLATFORM_API: PLATFORM_API,
    }),
    steps: () => [{ ...step, mounts, env }],
  });
}
