import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments, readAllSettings } from '../lib/settings/settings';
import { sharedRegistryProblems } from '../lib/settings/shared-registry';
import { pinsFile } from './pins/read-pins';

/**
 * What environments get wrong together, and so none of them can see: two that share repositories, and pins of one that does not exist. Those whose
 * settings cannot be used say so themselves, and are looked at when they can.
 *
 * @param root - the folder of the repository
 * @returns a line a problem
 * @throws SettingsError for a settings file whose name is not that of an environment
 */
export function problemsOfAllEnvironments(root: string): string[] {
  const all = environments(root);
  const folder = join(root, 'stacks/pins');
  const pinned = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.json'));
  return [
    ...sharedRegistryProblems(Object.fromEntries(readAllSettings(root).usable)),
    ...pinned
      .map((name) => name.slice(0, -'.json'.length))
      .filter((name) => !all.includes(name))
      .map(
        (name) => `${pinsFile(name)}: there is no Pulumi.${name}.yaml; expected the name of one of ${all.join(', ')}, rename it`,
      ),
  ];
}
