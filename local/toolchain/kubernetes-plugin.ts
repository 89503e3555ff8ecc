/**
 * Pulumi's Kubernetes plugin, where the engine looks for plugins: `$PULUMI_HOME/plugins`. Pulumi downloads it where that works; elsewhere it is
 * built from the same source, and the folder has a link to it.
 */
import { existsSync, readlinkSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { cachePath } from '../directories';
import { pulumiKubernetesVersion, toolPath } from './modules';

const PROGRAM = 'pulumi-resource-kubernetes';

const plugins = (): string => join(process.env['PULUMI_HOME'] || join(userInfo().homedir, '.pulumi'), 'plugins');
const pluginFolder = (): string => join(plugins(), `resource-kubernetes-v${pulumiKubernetesVersion}`);

/** Where our link leads; undefined when there is none, be it that a downloaded plugin is there. */
function linkedTo(): string | undefined {
  try {
    const target = readlinkSync(join(pluginFolder(), PROGRAM));
    return target.startsWith(cachePath('toolchain')) ? target : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the engine finds the plugin: one that Pulumi has downloaded, or the one that this checkout builds. */
export function isPluginLaid(): boolean {
  // Beside a plugin that is only half there, Pulumi keeps a file which says so.
  if (!existsSync(join(pluginFolder(), PROGRAM)) || existsSync(`${pluginFolder()}.partial`)) return false;
  const target = linkedTo();
  return target === undefined || target === toolPath('pulumi-kubernetes', PROGRAM);
}

/** The two ways to the plugin. */
export interface PluginSources {
  /** Has Pulumi download it into its folder; where that is impossible, nothing happens. */
  readonly download: () => Promise<void>;
  /** Builds it into the cache. */
  readonly build: () => Promise<void>;
}

/**
 * Lays the plugin unless it is there. Who has built it before goes on building it, and does not wait for another download that fails.
 *
 * @returns what was done; undefined when nothing was to do
 */
export async function ensurePlugin({ download, build }: PluginSources): Promise<'downloaded' | 'built' | undefined> {
  if (isPluginLaid()) return undefined;
  if (linkedTo() === undefined) {
    await download();
    if (isPluginLaid()) return 'downloaded';
  }
  await build();
  await rm(`${pluginFolder()}.partial`, { force: true });
  await mkdir(pluginFolder(), { recursive: true });
  // Renamed, so that there is never half of it.
  const link = join(pluginFolder(), `.${process.pid}`);
  await symlink(toolPath('pulumi-kubernetes', PROGRAM), link);
  await rename(link, join(pluginFolder(), PROGRAM));
  return 'built';
}

/** Removes our link, whose program goes with the caches. A downloaded plugin stays. */
export async function removePluginLink(): Promise<void> {
  if (linkedTo() !== undefined) await rm(pluginFolder(), { recursive: true });
}
