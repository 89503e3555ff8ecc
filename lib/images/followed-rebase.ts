import type { Construct } from 'constructs';
import { PLATFORM_API } from '../buildpacks/lifecycle';
import { registryAccess } from '../registry/registry-access';
import { Pipeline } from '../tekton/pipeline';
import { Task } from '../tekton/task';
import { IMAGE_SCRIPTS } from './image-scripts';
import { TOOL_TAG, type ToolImagePipeline } from './tool-image-pipeline';

const params = { 'run-image': { description: 'The run image, by its immutable tag.' } } as const;

/**
 * The Tekton pipeline that puts all images that follow branches, and are declared on a run image, on that: one pod, however many they are.
 *
 * Nothing that is built runs in it. It holds what a publication holds: the registry's credentials, and a token for leases.
 */
export function followedRebase(scope: Construct, { registry, toolbox, namespace }: ToolImagePipeline) {
  const access = registryAccess(registry);
  const task = new Task(scope, 'rebase-followed', {
    description: 'Puts the images that follow branches on another run image, and makes them public.',
    egress: ['registry', 'api'],
    params,
    // What is declared of them, a file each.
    workspaces: ['followed'],
    results: ['made'],
    volumes: { ...access.volumes, api: { kind: 'api-token' } },
    env: (handles) => ({
      HOME: '/tmp',
      RUN_IMAGE: handles.params['run-image'],
      FOLLOWED: handles.workspaces.followed,
      CNB_PLATFORM_API: PLATFORM_API,
      TAG: TOOL_TAG,
      NAMESPACE: namespace,
      MADE_RESULT: handles.results.made,
    }),
    steps: () => [
      {
        name: 'rebase',
        image: toolbox,
        script: IMAGE_SCRIPTS.rebaseFollowed,
        mounts: { ...access.mounts, api: '/api' },
        env: access.env,
        resources: { cpu: 250, memory: 512 },
      },
    ],
  });
  const pipeline = new Pipeline(scope, 'rebase-followed-images', {
    description: 'Puts the images that follow branches on another run image, and makes them public.',
    params,
    workspaces: ['followed'],
  });
  const { results } = pipeline.addTask('rebase', task, {
    params: { 'run-image': pipeline.params['run-image'] },
    workspaces: { followed: 'followed' },
  });
  pipeline.addResult('made', results.made, "'rebased', or 'found' when there was nothing to rebase.");
  return pipeline;
}
