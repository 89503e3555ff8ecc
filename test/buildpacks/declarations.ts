/** A small house of declarations: a base, a stack on it, a stack of a language on that, a builder, and an image. */
import type { DebianBase } from '../../lib/buildpacks/base/base';
import type { Builder } from '../../lib/buildpacks/builder/builder';
import type { Buildpack } from '../../lib/buildpacks/builder/buildpack';
import type { LockedPackages } from '../../lib/buildpacks/debian/locked-packages';
import type { PythonRuntime, UwsgiRuntime } from '../../lib/buildpacks/runtime/runtime';
import type { Stack } from '../../lib/buildpacks/stack/stack';
import type { PlatformImage } from '../../lib/images/platform-image';

/** Locked packages, all of one version. */
export function locked(names: readonly string[], version = '1.0-1'): LockedPackages {
  return Object.fromEntries(names.map((name) => [name, { version, sha256: 'a'.repeat(64) }]));
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const abi = { distro: 'debian 12', environment: { PATH, LC_ALL: 'C.UTF-8' }, sonames: ['libssl 3'] };

const base: DebianBase = { kind: 'debian', suite: 'bookworm', packages: ['ca-certificates'] };

export const distro: Stack = {
  name: 'distro',
  extends: base,
  packages: { run: ['curl', 'less'], build: ['gcc'] },
  environment: { LC_ALL: 'C.UTF-8' },
  files: { '/etc/default/locale': 'LANG=C.UTF-8\n' },
  lock: { abi, base: locked(['ca-certificates']), run: locked(['curl', 'less']), build: locked(['gcc']) },
};

/** Asks for a package that it has from `distro`, which its lock therefore lacks. */
export const language: Stack = {
  name: 'language',
  extends: distro,
  packages: { run: ['make', 'curl'], build: [] },
  facade: { '/usr/bin/python3': '/layers/toolforge_python/python/bin/python3' },
  lock: { abi, run: locked(['make']), build: {} },
};

const source = (name: string, sha256: string) =>
  ({ archive: 'debian', pool: `pool/main/p/${name}`, files: { [name]: sha256 } }) as const;

export const python: PythonRuntime = {
  kind: 'python',
  version: '3.11.2',
  debian: '12',
  source: source('python3.11_3.11.2-6.dsc', 'b'.repeat(64)),
  packages: [],
};

export const uwsgi: UwsgiRuntime = {
  kind: 'uwsgi',
  version: '2.0.21',
  debian: '12',
  source: source('uwsgi_2.0.21.orig.tar.gz', 'c'.repeat(64)),
  python,
};

export function buildpack(name: string, hash = `hash of ${name}`): Buildpack {
  const files = [
    { path: 'bin/build', content: '#!/bin/bash\n', executable: true },
    { path: 'lay/layer.sh', content: '# lays\n', executable: false },
  ];
  return { id: `toolforge/${name}`, version: '1.2.3', api: '0.11', files, hash };
}

export const builder: Builder = {
  name: 'python',
  stack: language,
  buildpacks: ['python', 'uwsgi', 'webservice-runner', 'platform-image'].map((name) => buildpack(name)),
  runtimes: [python, uwsgi],
};

/** An image without a server: of the builder, it uses only Python. */
export const image: PlatformImage = { name: 'python-base', builder, parts: { python: { version: '3.11' } } };
