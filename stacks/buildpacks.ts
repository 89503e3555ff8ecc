import { join } from 'node:path';
import { readBuildpack } from '../lib/buildpacks/buildpack/buildpack';

const ours = (folder: string) => readBuildpack(join(__dirname, '../languages', folder));

/** The buildpacks of this repository: each lays the part or runtime of its name. */
export const buildpacks = {
  python: ours('python/buildpack'),
  uwsgi: ours('uwsgi/buildpack'),
  webserviceRunner: ours('webservice-runner/buildpack'),
  webservicePythonBootstrap: ours('python/bootstrap/buildpack'),
  /** The processes of a tool's own repository. */
  procfile: ours('procfile'),
  /** The last of each group of parts: it requires all parts that are wanted. */
  platformImage: ours('platform-image'),
} as const;
