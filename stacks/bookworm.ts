import type { DebianBase } from '../lib/buildpacks/base/base';
import { readLock } from './locks/read-lock';
import type { Stack } from '../lib/buildpacks/stack/stack';
import { RUNTIME_NEEDS } from '../lib/buildpacks/runtime/needs';

/** Debian 12. */
const bookwormBase = {
  kind: 'debian',
  suite: 'bookworm',
  packages: ['ca-certificates', 'libnss-sss', 'locales-all'],
} satisfies DebianBase;

/** What every Toolforge image of Debian 12 has: the common tools, every locale, accounts by sssd. */
export const bookworm = {
  name: 'bookworm',
  extends: bookwormBase,
  packages: {
    run: [
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
    ],
    build: [...new Set([...RUNTIME_NEEDS.python.build, ...RUNTIME_NEEDS.uwsgi.build])],
  },
  environment: { LC_ALL: 'en_US.UTF-8' },
  files: {
    '/etc/default/locale': 'LANG=en_US.UTF-8\n',
    // Without the host's /var/lib/sss/pipes, sss has no answer and the lookup goes on.
    '/etc/nsswitch.conf': [
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
    ].join('\n'),
  },
  lock: readLock('bookworm'),
} satisfies Stack;
