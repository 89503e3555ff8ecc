/**
 * The programs that the platform builds from Go modules. Each is a folder with a committed go.mod and go.sum, here or where the program
 * belongs; its build is kept in the cache under the hash of everything that decides it. A go.sum has what the build needs (`go list -deps` with -mod=mod
 * makes it); `go mod tidy` would add what only the tests of dependencies need, three times as much.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cachePath } from '../directories';
import { shortHash } from '../hash';

export interface GoModule {
  /** The module's folder in the repository. @default - that of its name beside this file */
  readonly folder?: string;
  /** What `go build` is asked for: the module's own program, or all its tool directives. */
  readonly build: { readonly kind: 'program'; readonly name: string } | { readonly kind: 'tools' };
  readonly tags?: string;
  /** Variables set by the linker. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Other names of the program, which looks at the name it is called by. */
  readonly links?: readonly string[];
  /** Files of a dependency that are kept beside the programs. */
  readonly keep?: { readonly module: string; readonly folder: string };
  /** Files of a dependency that the program embeds, which the compiler sees beside main.go. They are too large to be committed. */
  readonly embed?: { readonly module: string; readonly files: readonly string[] };
}

export const kubernetesVersion = '1.34.4';
export const tektonVersion = '1.6.0';
export const coreDnsVersion = '1.14.3';
export const lifecycleVersion = '0.21.0';
export const packVersion = '0.38.2';
export const pulumiVersion = '3.246.0';
/** That of the package `@pulumi/kubernetes`, too. Go's proxy knows the tag by its commit only (go.mod). */
export const pulumiKubernetesVersion = '4.25.0';

// kubectl and the API server compare these to decide whether they fit together.
const kubernetesVariables = Object.fromEntries(
  ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    [`${path}.gitVersion`, `v${kubernetesVersion}`],
    [`${path}.gitMajor`, '1'],
    [`${path}.gitMinor`, '34'],
    [`${path}.gitTreeState`, 'clean'],
    [`${path}.gitCommit`, '0000000000000000000000000000000000000000'],
    [`${path}.buildDate`, '1970-01-01T00:00:00Z'],
  ]),
) as Record<string, string>;

export const goModules = {
  pause: { build: { kind: 'program', name: 'pause' } },
  kubernetes: {
    build: { kind: 'program', name: 'hyperkube' },
    tags: 'providerless,dockerless,notest,grpcnotrace',
    variables: kubernetesVariables,
    links: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl'],
  },
  coredns: { build: { kind: 'program', name: 'coredns' } },
  tekton: {
    build: { kind: 'tools' },
    variables: { 'github.com/tektoncd/pipeline/pkg/version.PipelineVersion': `v${tektonVersion}` },
    keep: { module: 'github.com/tektoncd/pipeline', folder: 'config' },
  },
  lifecycle: {
    build: { kind: 'tools' },
    variables: {
      'github.com/buildpacks/lifecycle/cmd.Version': lifecycleVersion,
      'github.com/buildpacks/lifecycle/cmd.SCMCommit': 'module',
    },
  },
  // What the steps of builds speak to registries with.
  'csb-registry': { folder: 'lib/registry/program', build: { kind: 'program', name: 'csb-registry' } },
  pulumi: {
    build: { kind: 'tools' },
    // The sdk's is what `pulumi version` says, the pkg's what older code asks.
    variables: {
      'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': pulumiVersion,
      'github.com/pulumi/pulumi/pkg/v3/version.Version': pulumiVersion,
    },
  },
  // In one go.mod with Pulumi itself: what both stand on is compiled once.
  'pulumi-kubernetes': {
    build: { kind: 'program', name: 'pulumi-resource-kubernetes' },
    folder: 'local/toolchain/pulumi',
    variables: { 'github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version': pulumiKubernetesVersion },
    embed: {
      module: 'github.com/pulumi/pulumi-kubernetes/provider/v4',
      files: ['cmd/pulumi-resource-kubernetes/schema.json', 'cmd/pulumi-resource-kubernetes/terraform-mapping.json'],
    },
  },
  // What `npm run bench -- fleet` compares with; nothing else builds it.
  pack: {
    folder: 'bench/fleet/pack',
    build: { kind: 'tools' },
    variables: { 'github.com/buildpacks/pack/pkg/client.Version': packVersion },
  },
  'pulumi-nodejs': {
    build: { kind: 'tools' },
    variables: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': 'v3.60.0' },
  },
} as const satisfies Record<string, GoModule>;

export type GoModuleName = keyof typeof goModules;

/** What the cluster cannot run without. Pulumi and its plugin are built only where none is installed. */
export const clusterModules = [
  'pause',
  'coredns',
  'kubernetes',
  'tekton',
  'lifecycle',
  'csb-registry',
] as const satisfies readonly GoModuleName[];

/** The folder of a module's committed files. */
export function moduleFolder(name: GoModuleName): string {
  const { folder }: GoModule = goModules[name];
  return folder === undefined ? join(__dirname, name) : join(__dirname, '../..', folder);
}

/**
 * The compiler's flags. Debuggers read nothing that the linker keeps (-s -w): not to compile it for them spares 8 % of the processor's time
 * and a quarter of Go's cache (csb-registry, measured).
 */
export const COMPILER_FLAGS = ['-gcflags', 'all=-dwarf=false', '-trimpath'] as const;

/** The linker's flags of a module. */
export function linkerFlags(name: GoModuleName): string {
  const module: GoModule = goModules[name];
  const variables = Object.entries(module.variables ?? {}).map(([variable, value]) => `-X ${variable}=${value}`);
  return ['-s', '-w', ...variables].join(' ');
}

let compiler: string | undefined;

function compilerVersion(): string {
  if (compiler === undefined) {
    const environment = { ...process.env, GOTOOLCHAIN: 'local' };
    const { status, stdout } = spawnSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], { encoding: 'utf8', env: environment });
    if (status !== 0)
      throw new Error('Go is not on PATH; without it, the programs of the embedded platform can be neither built nor found');
    compiler = stdout;
  }
  return compiler;
}

const folders = new Map<GoModuleName, string>();

/** The files that decide a module's programs, by their paths in its folder. */
function moduleFiles(name: GoModuleName): string[] {
  const entries = readdirSync(moduleFolder(name), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('_test.go'))
    .map((entry) => relative(moduleFolder(name), join(entry.parentPath, entry.name)))
    .sort();
}

/** The cache folder of a module's programs; it exists only when the build is complete. */
export function buildFolder(name: GoModuleName): string {
  const known = folders.get(name);
  if (known !== undefined) return known;
  const contents = moduleFiles(name).flatMap((file) => [`\0${file}\0`, readFileSync(join(moduleFolder(name), file))]);
  const hash = shortHash(
    16,
    JSON.stringify([goModules[name], COMPILER_FLAGS, linkerFlags(name), compilerVersion()]),
    ...contents,
  );
  const folder = cachePath('toolchain', `${name}-${hash}`);
  folders.set(name, folder);
  return folder;
}

/** A program of a module, whether or not it has been built yet. */
export function toolPath(name: GoModuleName, program: string): string {
  return join(buildFolder(name), program);
}
