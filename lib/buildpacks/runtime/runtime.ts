import { join } from 'node:path';
import { type Address, addressOf } from '../../registry/registry';
import { script } from '../../tekton/script';
import { component, type DebianFiles, eachFile, archivePath } from '../debian/debian-files';

/** What all runtimes say. A runtime is a tar file whose root is its prefix in a layer, built from pinned source. */
interface BuiltRuntime {
  /** What the program says of itself, such as `3.11.2`. */
  readonly version: string;
  /** The source, of which the first file names the others (.dsc) or is the source itself. */
  readonly source: DebianFiles;
  /** The Debian release that it runs on: the build image's and the run image's. */
  readonly debian: '11' | '12' | '13';
}

/** CPython with pip and virtualenv, for the buildpack `toolforge/python`. */
export interface PythonRuntime extends BuiltRuntime {
  readonly kind: 'python';
  /** Debian's packages of pip, setuptools, wheel, virtualenv and what virtualenv imports. */
  readonly packages: readonly DebianFiles[];
}

/** uWSGI with its plugin for one Python, for the buildpack `toolforge/uwsgi`. */
export interface UwsgiRuntime extends BuiltRuntime {
  readonly kind: 'uwsgi';
  readonly python: PythonRuntime;
}

export type Runtime = PythonRuntime | UwsgiRuntime;

const recipes = join(__dirname, 'recipes');
const steps = join(__dirname, 'steps');

/** How each kind is built. The text is part of the address. */
export const RUNTIME_RECIPES = {
  python: script(recipes, 'python.sh'),
  uwsgi: script(recipes, 'uwsgi.sh'),
} as const satisfies Record<Runtime['kind'], string>;

export const RUNTIME_SCRIPTS = { fetch: script(steps, 'fetch.sh'), pack: script(steps, 'pack.sh') } as const;

/** Where the buildpack of the same name lays it: the layer `<kind>` of `toolforge/<kind>`. */
export function runtimePrefix({ kind }: Runtime): string {
  return `/layers/toolforge_${kind}/${kind}`;
}

/** The runtime that this one is built against, and that has to be in the same image. */
export function builtAgainst(runtime: Runtime): PythonRuntime | undefined {
  return runtime.kind === 'uwsgi' ? runtime.python : undefined;
}

/** All files that a build fetches. */
export function runtimeFiles(runtime: Runtime) {
  return [runtime.source, ...(runtime.kind === 'python' ? runtime.packages : [])].flatMap(eachFile);
}

/**
 * The address of a runtime: its source, its recipe and what it is built against. Not the versions in the build image: it links to the
 * libraries of the release dynamically, and the recipe fails when one of them is missing.
 */
export function runtimeAddress(runtime: Runtime): Address {
  const against = builtAgainst(runtime);
  return addressOf({
    kind: runtime.kind,
    version: runtime.version,
    debian: runtime.debian,
    files: runtimeFiles(runtime)
      .map(({ name, sha256 }) => `${sha256} ${name}`)
      .sort(),
    against: against && runtimeAddress(against),
    recipe: [RUNTIME_RECIPES[runtime.kind], RUNTIME_SCRIPTS.pack],
  });
}

/** `runtime.json` but for the tar's checksum, which only the build knows (buildpacks/README.md). */
export function runtimeMetadata(runtime: Runtime): object {
  const [source] = eachFile(runtime.source);
  if (source === undefined) throw new Error(`runtime ${runtime.kind} ${runtime.version}: its source has no files`);
  const against = builtAgainst(runtime);
  const packages = runtime.kind === 'python' ? runtime.packages.flatMap(eachFile) : [];
  return {
    name: runtime.kind,
    version: runtime.version,
    prefix: runtimePrefix(runtime),
    source: { url: archivePath(source), sha256: source.sha256 },
    target: { os: 'linux', arch: 'amd64', distro: { name: 'debian', version: runtime.debian } },
    ...(against && { needs: { [against.kind]: against.version.split('.').slice(0, 2).join('.') } }),
    components: [source, ...packages].map((file) => component(file, `debian-${runtime.debian}`)),
  };
}
