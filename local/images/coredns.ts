/** The image of the cluster's DNS server. */
import { coreDnsVersion } from '../toolchain/modules';
import type { PlatformImage } from './platform-image';
import { programImage } from './program-image';

export function coreDnsImage(): PlatformImage {
  return programImage({
    repository: 'platform/coredns',
    version: coreDnsVersion,
    module: 'coredns',
    program: 'coredns',
    path: '/coredns',
    user: '65532:65532',
  });
}
