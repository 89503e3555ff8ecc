/** A Pulumi that is installed already is used instead of one that we would build. */
import { spawnSync } from 'node:child_process';
import semver from 'semver';
import { isPluginLaid } from './kubernetes-plugin';
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
  return pulumiModules().map(buildFolder);
}

/** The Go modules of Pulumi that must be built: where none is installed. */
export function pulumiModules(): GoModuleName[] {
  return isPulumiInstalled() ? [] : ['pulumi', 'pulumi-nodejs'];
}

/** Every Go module that `up` may have to build. */
export function neededModules(): GoModuleName[] {
  return [...clusterModules, ...pulumiModules(), ...(isPluginLaid() ? [] : (['pulumi-kubernetes'] as const))];
}
