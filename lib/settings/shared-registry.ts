import type { Settings } from './settings';

/**
 * Environments whose images would have the same names: what one attests and makes public would count for the other, though the contract was
 * tried in another cluster.
 *
 * @param all - the settings of every environment, by its name
 * @returns a line for each pair
 */
export function sharedRegistryProblems(all: Readonly<Record<string, Pick<Settings, 'registry'>>>): string[] {
  const byPlace = new Map<string, string[]>();
  for (const [environment, { registry }] of Object.entries(all)) {
    const place = [registry.host, ...(registry.prefix === undefined ? [] : [registry.prefix])].join('/');
    byPlace.set(place, [...(byPlace.get(place) ?? []), environment]);
  }
  return [...byPlace]
    .filter(([, environments]) => environments.length > 1)
    .map(
      ([place, environments]) =>
        `${environments.map((each) => `Pulumi.${each}.yaml`).join(' and ')} have the registry ${place}, where what one attests counts for the ` +
        'other; give all but one a prefix of its own: registry.prefix',
    );
}
