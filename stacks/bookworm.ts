import type { Construct } from 'constructs';
import { Base } from '../lib/buildpacks/base/base';
import { Stack } from '../lib/buildpacks/stack/stack';
import { EnvironmentChart } from '../lib/synth/chart';
import { readLock } from './locks/read-lock';
import type { PlatformChart } from './platform-chart';

/** Debian 12, with what every Toolforge image of it has: the common tools, every locale, accounts by sssd. */
export class Bookworm extends EnvironmentChart {
  readonly stack: Stack;

  constructor(scope: Construct, { platform }: { readonly platform: PlatformChart }) {
    super(scope, 'bookworm', platform.chartProps);
    const lock = readLock('bookworm');
    const base = new Base(this, 'base', {
      kind: 'debian',
      name: 'bookworm',
      suite: 'bookworm',
      packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
      lock,
      pipelines: platform.builds,
    });
    this.stack = new Stack(this, 'bookworm', {
      extends: base,
      packages: {
        run: COMMON_TOOLS,
        build: COMPILING,
      },
      environment: { LC_ALL: 'en_US.UTF-8' },
      files: { '/etc/default/locale': 'LANG=en_US.UTF-8\n', '/etc/nsswitch.conf': NSSWITCH },
      lock,
    });
  }
}

const COMMON_TOOLS = [
  'bzip2',
  'curl',
  'emacs-nox',
  'gawk',
  'git',
  'jq',
  'less',
  'locales',
  'make',
  'nano',
  'openssh-client',
  'procps',
  'sed',
  'unzip',
  'vim',
  'zip',
  'zstd',
];

// What runtimes are compiled with here. A language whose recipe needs more has that in the build image of its own stack.
const COMPILING = [
  'build-essential',
  'libbz2-dev',
  'libdb-dev',
  'libexpat1-dev',
  'libffi-dev',
  'liblzma-dev',
  'libncurses-dev',
  'libnsl-dev',
  'libreadline-dev',
  'libsqlite3-dev',
  'libssl-dev',
  'libtirpc-dev',
  'pkg-config',
  'tzdata',
  'uuid-dev',
  'zlib1g-dev',
  'curl',
  'libpcre3-dev',
];

// Without the host's /var/lib/sss/pipes, sss has no answer and the lookup goes on.
const NSSWITCH = [
  'passwd: compat sss',
  'group: compat sss',
  'shadow: compat',
  'gshadow: files',
  'hosts: files dns',
  'networks: files',
  'protocols: db files',
  'services: db files',
  'ethers: db files sss',
  'rpc: db files',
  'netgroup: nis',
  '',
].join('\n');
