import { join } from 'node:path';
import { layerOf, readBuildpack } from '../../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../../lib/images/part';
import { pythonPart } from '../part';

const NAME = 'webservice-python-bootstrap';

/** Makes the virtual environment of a webservice. */
export const pythonBootstrap = definePart({
  name: NAME,
  kind: 'layer',
  buildpack: readBuildpack(join(__dirname, 'buildpack')),
  options: {},
  needs: [{ part: pythonPart }],
  facade: () => ({ [`/usr/local/bin/${NAME}`]: `${layerOf(NAME)}/bin/${NAME}` }),
}).with({});
