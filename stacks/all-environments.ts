import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { environments, readSettings } from '../lib/settings/settings';
import { sharedRegistryProblems } from '../lib/settings/shared-registry';
import { pinsFile } from './pins/read-pins';

/**
 * What environments get wrong together, and so none of them can see: two that share repositories, and pins of one that does not exist.
 *
 * @param root - the folder of the repository
 * @returns a line a problem
 * @throws SettingsError for settings that cannot be used
 */
export function problemsOfAllEnvironments(root: string): string[] {
  const all = environments(root);
  const folder = join(root, 'stacks/pins');
  const pinned = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => name.endsWith('.json'));
  return [
    ...sharedRegistryProblems(Object.fromEntries(all.map((each) => [each, readSettings(root, each)]))),
    ...pinned
      .map((name) => name.slice(0, -'.json'.length))
      .filter((name) => !all.includes(name))
      .map(
        (name) => `${pinsFile(name)}: there is no Pulumi.${name}.yaml; expected the name of one of ${all.join(', ')}, rename it`,
      ),
  ];
}
