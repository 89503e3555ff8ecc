import { join } from 'node:path';
import { readBuildpack } from '../lib/buildpacks/buildpack/buildpack';

const ours = (name: string) => readBuildpack(join(__dirname, '../buildpacks', name));

/** The buildpacks of this repository: each lays the part or runtime of its name. */
export const buildpacks = {
  python: ours('python'),
  uwsgi: ours('uwsgi'),
  webserviceRunner: ours('webservice-runner'),
  webservicePythonBootstrap: ours('webservice-python-bootstrap'),
  /** The processes of a tool's own repository. */
  procfile: ours('procfile'),
  /** The last of each group of parts: it requires all parts that are wanted. */
  platformImage: ours('platform-image'),
} as const;
