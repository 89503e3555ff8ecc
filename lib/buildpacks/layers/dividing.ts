import { join } from 'node:path';
import type { ImageMaking } from '../../registry/image-pipeline';
import { withLibraries } from '../../registry/registry-scripts';
import type { References } from '../../tekton/params';
import { script } from '../../tekton/script';
import type { ImageLayer } from './image-layers';

const steps = join(__dirname, 'steps');

/** What makes an image in layers of packages of the tree `/work/root.tar`. Its text is part of every such image's address. */
export const DIVIDE_SCRIPT = withLibraries(script(steps, 'divide.sh'));

const ASK = withLibraries(script(steps, 'ask.sh'));

/** Where the registry keeps layers of packages, each once, for the images that have it. */
export const LAYERS = 'platform/layers';

/** What a pipeline is told of the layers of its image, and of what else it has. */
export const DIVIDING_PARAMS = {
  settings: {
    description: 'Environment, labels and user, in JSON, and what else is set up in it: packages, files, users, links, programs.',
  },
  layers: { description: 'Its layers but for the topmost, in JSON: name, packages, and the address of their versions.' },
} as const;

/** The first step: which layers the registry has, and what is known of the parent. */
export const askForLayers = () => ({ script: ASK, resources: { cpu: 250, memory: 512 } }) as const;

/** The last step, after those that make the tree. */
export const divideTree = ({ toolbox }: Pick<ImageMaking, 'toolbox'>) =>
  ({
    name: 'assemble',
    image: toolbox,
    script: DIVIDE_SCRIPT,
    mounts: { work: '/work', image: '/image' },
    readOnly: ['work'],
    resources: { cpu: 500, memory: 1024 },
  }) as const;

/**
 * The environment of both.
 *
 * @param parent - the image that the tree was made in; empty for none
 */
export function dividingEnvironment<P>(
  params: References<typeof DIVIDING_PARAMS>,
  { registry }: Pick<ImageMaking, 'registry'>,
  parent: P,
) {
  return {
    PARENT: parent,
    SETTINGS: params.settings,
    LAYERS: params.layers,
    LENDER: registry.repository(LAYERS).reference,
  };
}

/** The argument for `layers`. */
export const layersArgument = (layers: readonly ImageLayer[]): string => JSON.stringify({ layers });

/** What of layers decides what an image is: which packages are together. */
export const layersIdentity = (layers: readonly ImageLayer[]): readonly (readonly [string, readonly string[]])[] =>
  layers.map(({ name, packages }) => [name, packages]);
