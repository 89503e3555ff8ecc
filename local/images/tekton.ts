/** The images of Tekton's programs. */
import { tektonVersion } from '../toolchain/modules';
import type { PlatformImage } from './platform-image';
import { programImage } from './program-image';

export const tektonPrograms = [
  'controller',
  'entrypoint',
  'events',
  'nop',
  'resolvers',
  'sidecarlogresults',
  'webhook',
  'workingdirinit',
] as const;

export type TektonProgram = (typeof tektonPrograms)[number];

export function tektonImage(program: TektonProgram): PlatformImage {
  return programImage({
    repository: `platform/tekton-${program}`,
    version: tektonVersion,
    module: 'tekton',
    program,
    path: `/ko-app/${program}`,
    user: '65532:65532',
    environment: ['PATH=/ko-app'],
    files: {
      '/etc/ssl/certs/ca-certificates.crt': '/etc/ssl/certs/ca-certificates.crt',
      // Tekton's manifest starts the resolvers, which run git, under an init process.
      ...(program === 'resolvers' ? { '/sbin/tini': '/usr/bin/tini-static' } : {}),
    },
  });
}
