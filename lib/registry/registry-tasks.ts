import { Construct } from 'constructs';
import { Task } from '../tekton/task';
import type { Registry } from './registry';
import { registryAccess } from './registry-access';
import { REGISTRY_SCRIPTS } from './registry-scripts';

/** What asks a registry. */
export interface RegistryTasksProps {
  readonly registry: Registry;
  /** The image with bash and csb-registry. */
  readonly toolbox: string;
}

/**
 * The Tekton Tasks that ask the registry, each in a pod of its own, with credentials and without anything that is built: so no build can
 * write what they say.
 *
 * @example
 * ```ts
 * const asking = new RegistryTasks(this, 'asking', { registry, toolbox: settings.toolbox });
 * const making = { registry, toolbox: settings.toolbox, serviceAccount, asking };
 * ```
 */
export class RegistryTasks extends Construct {
  /**
   * Says what is to be done for an image: `made` is 'found', 'rebased' or 'built'. Its other results are empty where there is nothing to
   * say: `digest` of what was found; `run-image` by digest; `layers`, an image by digest that has them; `before`, what is public.
   */
  readonly lookUp;
  /** Says which digest an image has, and fails when there is none. */
  readonly digest;

  constructor(scope: Construct, id: string, { registry, toolbox }: RegistryTasksProps) {
    super(scope, id);
    const { volumes, mounts, env } = registryAccess(registry);
    const step = { image: toolbox, mounts, env };
    this.lookUp = new Task(this, 'look-up', {
      description: 'Says whether the registry has an image, or its layers on another run image, and what is public.',
      egress: ['registry'],
      params: {
        image: { description: 'The image; the tag is its address.' },
        layers: { description: 'The tag of its layers on whichever run image they were built.', default: '' },
        'run-image': { description: 'The run image that they are to be on.', default: '' },
        builder: { description: 'The builder, should they have to be built.', default: '' },
        repository: { description: 'The repository of the public tags.', default: '' },
        tags: { description: 'The public tags, with blanks between them.', default: '' },
      },
      results: ['made', 'digest', 'run-image', 'layers', 'before'],
      volumes,
      env: ({ params, results }) => ({
        HOME: '/tmp',
        IMAGE: params.image,
        LAYERS: params.layers,
        RUN_IMAGE: params['run-image'],
        BUILDER: params.builder,
        REPOSITORY: params.repository,
        TAGS: params.tags,
        MADE_RESULT: results.made,
        DIGEST_RESULT: results.digest,
        RUN_IMAGE_RESULT: results['run-image'],
        LAYERS_RESULT: results.layers,
        BEFORE_RESULT: results.before,
      }),
      steps: () => [{ ...step, name: 'look-up', script: REGISTRY_SCRIPTS.lookUp }],
    });
    this.digest = new Task(this, 'digest', {
      description: 'Says which digest the registry has for an image.',
      egress: ['registry'],
      params: { image: { description: 'The image.' } },
      results: ['digest'],
      volumes,
      env: ({ params, results }) => ({
        HOME: '/tmp',
        IMAGE: params.image,
        DIGEST_RESULT: results.digest,
      }),
      steps: () => [{ ...step, name: 'digest', script: REGISTRY_SCRIPTS.digest }],
    });
  }
}
