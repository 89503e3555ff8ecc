import { join } from 'node:path';
import { layerOf } from '../../../lib/buildpacks/buildpack/buildpack';
import { definePart } from '../../../lib/images/part';
import { partBuildpack } from '../../buildpacks';
import { pythonPart } from '../part';

const NAME = 'webservice-python-bootstrap';

/** Makes the virtual environment of a webservice. */
export const pythonBootstrap = definePart({
  name: NAME,
  kind: 'layer',
  buildpack: partBuildpack(NAME, join(__dirname, 'buildpack'), 'script'),
  options: {},
  needs: [{ part: pythonPart }],
  facade: () => ({ [`/usr/local/bin/${NAME}`]: `${layerOf(NAME)}/bin/${NAME}` }),
}).with({});
