import { Duration, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import { type ImageMaking, ImagePipeline } from '../../registry/image-pipeline';
import { type Recipe, RUNTIME_SCRIPTS } from './recipe';

/**
 * The Tekton pipeline that makes runtimes by one recipe, as an image that holds `runtime/<name>.tar` and `runtime/runtime.json`.
 *
 * All of it runs as nobody, without a capability. Only the step `fetch` reads the network. Its toolbox has curl besides.
 */
export function runtimePipeline(scope: Construct, recipe: Recipe, making: ImageMaking) {
  const mounts = { work: '/work', layers: '/layers' } as const;
  return new ImagePipeline(scope, `${recipe.name}-runtime`, {
    ...making,
    description: `Makes runtimes by the recipe ${recipe.name} from pinned files, unless the registry has them.`,
    params: {
      'build-image': { description: 'The image with a compiler and headers.' },
      name: { description: 'The name of the runtime.' },
      version: { description: 'What the built program has to say of itself.' },
      prefix: { description: 'The folder in the layer that it is made for.' },
      files: { description: 'What to fetch: a line for each file, its SHA-256 and its URL.' },
      metadata: { description: 'runtime.json without the checksum of the tar.' },
      against: { description: 'The runtime that it is built against.', default: '' },
      'against-prefix': { description: 'Where that one is.', default: '' },
    },
    egress: ['mirror', 'sources'],
    work: Size.gibibytes(4),
    image: Size.gibibytes(2),
    volumes: { layers: { kind: 'scratch', sizeLimit: Size.gibibytes(2) } },
    env: ({ params }) => ({
      NAME: params.name,
      VERSION: params.version,
      PREFIX: params.prefix,
      FILES: params.files,
      METADATA: params.metadata,
      AGAINST: params.against,
      AGAINST_PREFIX: params['against-prefix'],
    }),
    pull: () => ({ script: RUNTIME_SCRIPTS.pull }),
    steps: ({ params }) => [
      {
        name: 'fetch',
        image: making.toolbox,
        script: RUNTIME_SCRIPTS.fetch,
        mounts: { ...mounts, image: '/image' },
        readOnly: ['image'],
      },
      {
        name: 'build',
        image: params['build-image'],
        script: recipe.script,
        mounts,
        resources: { cpu: 1000, memory: 2048 },
      },
      {
        name: 'pack',
        image: making.toolbox,
        script: RUNTIME_SCRIPTS.pack,
        mounts: { layers: '/layers', image: '/image' },
        resources: { cpu: 250, memory: 512 },
      },
    ],
    timeout: Duration.hours(1),
  });
}
