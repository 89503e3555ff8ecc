/** An image of one static program and the few files it needs, on nothing. */
import { basename } from 'node:path';
import { run } from '../run';
import type { GoModuleName } from '../toolchain/modules';
import { buildFolder, toolPath } from '../toolchain/modules';
import type { PlatformImage } from './platform-image';
import { defineImage } from './platform-image';

export interface ProgramImageProps {
  readonly repository: string;
  readonly version: string;
  readonly module: GoModuleName;
  readonly program: string;
  /** Where the program is in the image. */
  readonly path: string;
  readonly user: string;
  readonly environment?: readonly string[];
  /** Files of the host, by their path in the image. */
  readonly files?: Readonly<Record<string, string>>;
}

export function programImage(props: ProgramImageProps): PlatformImage {
  const { repository, version, module, program, path, user, environment = [], files = {} } = props;
  return defineImage({
    repository,
    version,
    definition: [basename(buildFolder(module)), program, path, files],
    settings: { entrypoint: [path], user, environment },
    compose: async (image) => {
      for (const [target, source] of Object.entries({ [path]: toolPath(module, program), ...files })) {
        await run('umoci', ['insert', '--no-history', '--image', image, source, target]);
      }
    },
  });
}
