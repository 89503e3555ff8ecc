/** A Pulumi that is installed already is used instead of one that we would build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import semver from 'semver';
import { statePath } from '../directories';
import { run } from '../run';
import type { GoModuleName } from './modules';
import { buildFolder, clusterModules } from './modules';

const NEEDED = '>=3.142.0';

let installed: boolean | undefined;

/** Whether PATH has a Pulumi that is new enough, with its Node.js language host. */
export function isPulumiInstalled(): boolean {
  if (installed === undefined) {
    const version = spawnSync('pulumi', ['version'], {
      encoding: 'utf8',
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true' },
    });
    const host = spawnSync('sh', ['-c', 'command -v pulumi-language-nodejs']);
    const found = semver.coerce(version.status === 0 ? version.stdout : '');
    installed = host.status === 0 && found !== null && semver.satisfies(found, NEEDED);
  }
  return installed;
}

/** Folders with Pulumi's programs that PATH lacks. */
export function pulumiFolders(): string[] {
  return isPulumiInstalled() ? [] : [buildFolder('pulumi'), buildFolder('pulumi-nodejs')];
}

/** The Go modules that must be built: what the cluster runs, and Pulumi where none is installed. */
export function neededModules(): GoModuleName[] {
  return [...clusterModules, ...(isPulumiInstalled() ? [] : (['pulumi', 'pulumi-nodejs'] as const))];
}

/** Pulumi's official Kubernetes plugin, in the version that belongs to the package that we import. */
export interface KubernetesPlugin {
  readonly version: string;
  /** Whether Pulumi has it, so that the stand-in (local/provider) must keep out of its way. */
  readonly isInstalled: boolean;
}

/** Looks for the official plugin where Pulumi keeps plugins. */
export function kubernetesPlugin(): KubernetesPlugin {
  const manifest = readFileSync(join(__dirname, '../../node_modules/@pulumi/kubernetes/package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const plugins = join(process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi'), 'plugins');
  const folder = join(plugins, `resource-kubernetes-v${version}`);
  // Beside a plugin that is only half there, Pulumi keeps a file which says so.
  return { version, isInstalled: existsSync(join(folder, 'pulumi-resource-kubernetes')) && !existsSync(`${folder}.partial`) };
}

const PATIENCE = 20;
const refusal = (version: string): string => statePath(`no-kubernetes-plugin-${version}`);

/**
 * Has Pulumi install the official plugin, once per state directory: where there is no way to it, every `up` would wait for nothing.
 * Returns whether it has installed it.
 */
export async function tryKubernetesPlugin(): Promise<boolean> {
  const { version, isInstalled } = kubernetesPlugin();
  if (isInstalled || existsSync(refusal(version))) return false;
  await mkdir(statePath(), { recursive: true });
  const install = ['pulumi', 'plugin', 'install', 'resource', 'kubernetes', version];
  const { exitCode } = await run('timeout', [String(PATIENCE), ...install], {
    reject: false,
    env: { PATH: [...pulumiFolders(), process.env['PATH'] ?? ''].join(':'), PULUMI_SKIP_UPDATE_CHECK: 'true' },
  });
  if (kubernetesPlugin().isInstalled) return true;
  const reason = exitCode === 124 ? `not done within ${PATIENCE} s` : 'refused';
  await writeFile(refusal(version), `${install.join(' ')}: ${reason}. Remove this file, and the next up tries again.\n`);
  return false;
}

/** Which program applies Kubernetes objects, in a sentence. */
export function describeKubernetesPlugin(): string {
  const { version, isInstalled } = kubernetesPlugin();
  if (isInstalled) return `Pulumi applies objects with its official Kubernetes plugin ${version}.`;
  return (
    `Pulumi applies objects with the stand-in of local/provider: its official Kubernetes plugin ${version} is not installed ` +
    `(where get.pulumi.com can be reached: pulumi plugin install resource kubernetes ${version}).`
  );
}
