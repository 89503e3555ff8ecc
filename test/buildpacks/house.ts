/** A small house of declarations: a base, a stack on it, a stack of a language on that, two runtimes, a builder. */
import { pythonRecipe } from '../../languages/python/recipe';
import { uwsgiRecipe } from '../../languages/uwsgi/recipe';
import { ServiceAccount } from 'cdk8s-plus-27';
import { Base, type BaseProps } from '../../lib/buildpacks/base/base';
import { BuildPipelines } from '../../lib/buildpacks/build-pipelines';
import { Builder, type BuilderProps } from '../../lib/buildpacks/builder/builder';
import { optional } from '../../lib/buildpacks/builder/order';
import type { Buildpack } from '../../lib/buildpacks/buildpack/buildpack';
import type { LockedPackages } from '../../lib/buildpacks/debian/locked-packages';
import { runtimeNeeds } from '../../lib/buildpacks/runtime/recipe';
import { Runtime, type RuntimeProps } from '../../lib/buildpacks/runtime/runtime';
import { Stack, type StackProps } from '../../lib/buildpacks/stack/stack';
import { definePart } from '../../lib/images/part';
import { Registry } from '../../lib/registry/registry';
import { RegistryTasks } from '../../lib/registry/registry-tasks';
import { EnvironmentApp } from '../../lib/synth/app';
import { EnvironmentChart } from '../../lib/synth/chart';
import type { Manifest } from '../../lib/synth/synthesized';

/** Locked packages, all of one version. */
export function locked(names: readonly string[], version = '1.0-1'): LockedPackages {
  return Object.fromEntries(names.map((name) => [name, { version, sha256: 'a'.repeat(64) }]));
}

/** A buildpack with two files. */
export function buildpack(name: string, text = '#!/bin/bash\n'): Buildpack {
  const files = [
    { path: 'bin/build', content: text, executable: true },
    { path: 'lay/layer.sh', content: '# lays\n', executable: false },
  ];
  return {
    id: `toolforge/${name}`,
    version: '1.2.3',
    api: '0.12',
    folder: `languages/${name}/buildpack`,
    programs: ['bin/build', 'bin/detect'],
    files,
    hash: `hash of ${name} ${text}`,
  };
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const abi = { distro: 'debian 12', environment: { PATH, LC_ALL: 'C.UTF-8' }, sonames: ['libssl 3'] };

const needs = (part: 'build' | 'run'): string[] => {
  const on = { suite: 'bookworm' } as const;
  return [...new Set([...runtimeNeeds(pythonRecipe, on)[part], ...runtimeNeeds(uwsgiRecipe, on)[part]])].filter(
    (each) => each !== 'curl',
  );
};

/** Has what its runtimes are compiled with. */
export const distroProps = {
  packages: { run: ['curl', 'less'], build: ['gcc'] },
  environment: { LC_ALL: 'C.UTF-8' },
  files: { '/etc/default/locale': 'LANG=C.UTF-8\n' },
  lock: {
    stack: 'distro',
    abi,
    base: locked(['ca-certificates']),
    run: locked(['curl', 'less', 'tzdata']),
    build: locked(['gcc', ...needs('build').filter((each) => each !== 'tzdata')]),
  },
} satisfies Omit<StackProps, 'extends'>;

/** Asks for a package that it has from `distro`, which its lock therefore lacks. Has what its runtimes need. */
export const languageProps = {
  packages: { run: ['make', 'curl'] },
  facade: { '/usr/bin/python3': '/layers/toolforge_python/python/bin/python3' },
  lock: { stack: 'language', abi, run: locked(['make', ...needs('run').filter((each) => each !== 'tzdata')]), build: {} },
} satisfies Omit<StackProps, 'extends'>;

const source = (name: string, sha256: string) =>
  ({ archive: 'debian', pool: `pool/main/p/${name}`, files: { [name]: sha256 } }) as const;

export const pythonProps = {
  version: '3.11.2',
  from: { kind: 'source', recipe: pythonRecipe, source: source('python3.11_3.11.2-6.dsc', 'b'.repeat(64)) },
} satisfies Omit<RuntimeProps, 'builtOn'>;

export const uwsgiProps = {
  version: '2.0.21',
  from: { kind: 'source', recipe: uwsgiRecipe, source: source('uwsgi_2.0.21.orig.tar.gz', 'c'.repeat(64)) },
} satisfies Omit<RuntimeProps, 'builtOn'>;

/** What a test declares otherwise. */
export interface Changes {
  readonly base?: BaseProps extends infer P ? Partial<P> & object : never;
  readonly distro?: Partial<StackProps>;
  readonly language?: Partial<StackProps>;
  readonly python?: Partial<RuntimeProps>;
  readonly uwsgi?: Partial<RuntimeProps>;
  readonly builder?: Partial<BuilderProps>;
  readonly buildpacks?: readonly Buildpack[];
  readonly runtimes?: readonly ('python' | 'uwsgi')[];
  readonly names?: { readonly distro?: string; readonly builder?: string };
  readonly lifecycle?: string;
  readonly registry?: ConstructorParameters<typeof Registry>[0];
}

export const REGISTRY = { host: 'registry.test', plainHttp: false, pushSecret: 'push' };

/** The parts of the house. Its language has no release of its own: runtimes are declared by hand here. */
export const python = definePart<{ readonly version: `3.${number}` }>({
  name: 'python',
  kind: 'layer',
  buildpack: buildpack('python'),
  options: { version: '3\\.[0-9]{1,2}' },
  makes: 'language',
  runtimes: { releases: {} },
});
export const uwsgi = definePart({
  name: 'uwsgi',
  kind: 'layer',
  buildpack: buildpack('uwsgi'),
  options: {},
  runtimes: { releases: {} },
  needs: [{ part: python }],
}).with({});
export const runner = definePart<{ readonly type: 'generic' | 'python' }>({
  name: 'webservice-runner',
  kind: 'layer',
  buildpack: buildpack('webservice-runner'),
  options: { type: 'generic|python' },
  makes: 'webservice',
  needs: [{ part: uwsgi, when: { option: 'type', is: 'python' } }],
  counts: (path, { type }) => !path.startsWith('runners/') || path === `runners/${type}.sh`,
});
/** In the stack, and so laid by nothing. */
export const lua = definePart<{ readonly version: '5.4' }>({
  name: 'lua',
  options: { version: '5\\.[0-9]' },
  makes: 'language',
  kind: 'stack',
  packages: (_, { version }) => [`lua${version}`],
});
/** A part that no buildpack of the house lays. */
export const bootstrap = definePart({ name: 'bootstrap', kind: 'layer', buildpack: buildpack('bootstrap'), options: {} }).with(
  {},
);
export const PYTHON = [python.with({ version: '3.11' })];

const laying = [python, uwsgi, runner].flatMap((part) => part.buildpack ?? []);
export const BUILDPACKS = [...laying, buildpack('platform-image')];

/** The house, with changes. */
export function house(changes: Changes = {}) {
  const app = new EnvironmentApp('test');
  const chart = new EnvironmentChart(app, 'chart', { namespace: 'builds' });
  const asked = { registry: new Registry(changes.registry ?? REGISTRY), toolbox: 'registry.test/toolbox:1' };
  const making = {
    ...asked,
    asking: new RegistryTasks(chart, 'asking', asked),
    serviceAccount: new ServiceAccount(chart, 'builder', { metadata: { name: 'builder' }, automountToken: false }),
  };
  const pipelines = new BuildPipelines(chart, 'builds', {
    ...making,
    lifecycle: changes.lifecycle ?? 'registry.test/lifecycle:0.21.0',
    mirror: { debian: 'http://mirror/debian', security: 'http://mirror/security' },
    vanishedPackages: 'refuse',
  });
  const base = new Base(chart, 'base', {
    kind: 'debian',
    name: 'distro',
    suite: 'bookworm',
    packages: ['ca-certificates'],
    lock: changes.distro?.lock ?? distroProps.lock,
    pipelines,
    ...(changes.base as object),
  });
  const name = changes.names?.distro ?? 'distro';
  const distroLock = { ...distroProps.lock, stack: name };
  const distro = new Stack(chart, name, { extends: base, ...distroProps, lock: distroLock, ...changes.distro });
  const language = new Stack(chart, 'language', { extends: distro, ...languageProps, ...changes.language });
  const python = new Runtime(chart, 'python', { builtOn: distro, ...pythonProps, ...changes.python });
  const uwsgi = new Runtime(chart, 'uwsgi', { builtOn: distro, ...uwsgiProps, against: python, ...changes.uwsgi });
  const buildpacks = changes.buildpacks ?? BUILDPACKS;
  const procfile = buildpacks.find(({ id }) => id === 'toolforge/procfile');
  const mandatory = buildpacks.find(({ id }) => id === 'toolforge/platform-image') ?? buildpacks.at(-1);
  const builder = new Builder(chart, changes.names?.builder ?? 'python-builder', {
    stack: language,
    order: [buildpacks.map((each) => (each === mandatory ? each : optional(each))), ...(procfile ? [[procfile]] : [])],
    runtimes: (changes.runtimes ?? ['python', 'uwsgi']).map((name) => ({ python, uwsgi })[name]),
    ...changes.builder,
  });
  const manifests = (): Manifest[] => app.synthesize().objects.map(({ manifest }) => manifest);
  return { app, chart, making, pipelines, base, distro, language, python, uwsgi, builder, manifests };
}
