/** The image of the process that holds a pod's namespaces. */
import type { PlatformImage } from './platform-image';
import { programImage } from './program-image';

export function pauseImage(): PlatformImage {
  return programImage({
    repository: 'platform/pause',
    version: '1',
    module: 'pause',
    program: 'pause',
    path: '/pause',
    user: '65535:65535',
  });
}
