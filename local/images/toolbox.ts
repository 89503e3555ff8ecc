/**
 * The image that build Tasks run in: a small Debian with the programs that make root filesystems and images, those of the CNB lifecycle
 * that read and write registries among them, and the one that speaks to registries for everything else. Tekton runs the scripts of steps
 * with its shell, too.
 */
import { basename } from 'node:path';
import { rm } from 'node:fs/promises';
import { run } from '../run';
import { hostAddress, packageCacheName, packageCachePort } from '../addresses';
import { cachePath } from '../directories';
import { buildFolder, toolPath } from '../toolchain/modules';
import { insertLifecycle, lifecycleDefinition } from './lifecycle';
import type { PlatformImage } from './platform-image';
import { defineImage } from './platform-image';

const suite = 'bookworm';

const packages = [
  'ca-certificates',
  'curl',
  'debian-archive-keyring',
  'git',
  'gpg',
  'gpgv',
  'jq',
  'mmdebstrap',
  'umoci',
  'xz-utils',
  'zstd',
];

// Documentation that nobody reads inside a build step.
const excluded = ['/usr/share/man/*', '/usr/share/doc/*', '/usr/share/locale/*', '/usr/share/info/*'];

/** Lines of apt's sources, for a mirror of Debian and one of its security updates. */
export const aptSources = ({ debian, security }: { readonly debian: string; readonly security: string }): string[] => [
  `deb ${debian} ${suite} main`,
  `deb ${debian} ${suite}-updates main`,
  `deb ${security} ${suite}-security main`,
];
const sources = (server: string): string[] =>
  aptSources({ debian: `http://${server}/debian`, security: `http://${server}/debian-security` });

/**
 * The toolbox. What is in it is the same wherever its packages were read.
 *
 * @param read - lines of apt's sources. By default the cache that pods use, so that what was downloaded once is there for builds as well.
 * @param day - of which day its packages are; another day is another image. By default of the day on which they were read first.
 */
export function toolboxImage(read?: readonly string[], day?: string): PlatformImage {
  const from = rootFilesystem(read, day);
  return defineImage({
    repository: 'platform/toolbox',
    version: suite,
    alias: suite,
    from,
    definition: [from.tag, basename(buildFolder('csb-registry')), lifecycleDefinition],
    settings: { command: ['/bin/bash'], environment: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
    compose: async (image, progress) => {
      progress('composing the toolbox');
      const program = toolPath('csb-registry', 'csb-registry');
      await run('umoci', ['insert', '--no-history', '--image', image, program, '/usr/local/bin/csb-registry']);
      // What analyzes and exports with credentials is not what buildpacks came with.
      await insertLifecycle(image);
    },
  });
}

/** Its Debian, which takes most of the time, and is the same whatever csb-registry is. No registry gets it. */
function rootFilesystem(read: readonly string[] = sources(`${hostAddress}:${packageCachePort}`), day?: string): PlatformImage {
  const inPods = sources(packageCacheName);
  return defineImage({
    repository: 'platform/toolbox-root',
    version: suite,
    definition: [packages, excluded, inPods, ...(day === undefined ? [] : [day])],
    settings: {},
    compose: async (image, progress) => {
      const tar = cachePath('temporary', `toolbox-${process.pid}.tar`);
      const writeSources = `printf '%s\\n' ${inPods.map((line) => `'${line}'`).join(' ')} >"$1/etc/apt/sources.list"`;
      const options = [
        '--mode=root',
        '--variant=minbase',
        `--include=${packages.join(',')}`,
        ...excluded.map((path) => `--dpkgopt=path-exclude=${path}`),
        `--customize-hook=${writeSources}`,
        suite,
        tar,
        ...read,
      ];
      progress('making a Debian root filesystem for the toolbox');
      // Namespaces of its own: however it ends, no process and no mount of a half-made root filesystem stays.
      const apart = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
      await run('setpriv', ['--pdeathsig', 'KILL', ...apart, 'mmdebstrap', ...options], {
        env: { TMPDIR: cachePath('temporary'), LC_ALL: 'C.UTF-8' },
      });
      await run('umoci', ['raw', 'add-layer', '--no-history', '--image', image, tar]);
      await rm(tar);
    },
  });
}
