/** A Pulumi that is installed already is used instead of one that we would build. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import semver from 'semver';
import { buildFolder } from './modules';

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

/** Whether Pulumi's official Kubernetes plugin is installed, so that the stand-in must keep out of its way. */
export function hasKubernetesPlugin(): boolean {
  const plugins = join(process.env['PULUMI_HOME'] ?? join(homedir(), '.pulumi'), 'plugins');
  return existsSync(plugins) && readdirSync(plugins).some((name) => /^resource-kubernetes-v[\d.]+$/.test(name));
}
