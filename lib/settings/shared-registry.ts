import type { Settings } from './settings';

/** Below this folder of its host and prefix an environment keeps what it builds with, and runs it by address, as its own. */
const OWN = 'platform';

/**
 * Environments whose images would have the same names: what one attests and makes public would count for the other, though the contract was
 * tried in another cluster. And those of which one's images stand where the other runs what it finds.
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
  const files = (environments: readonly string[]): string => environments.map((each) => `Pulumi.${each}.yaml`).join(' and ');
  const shared = [...byPlace]
    .filter(([, environments]) => environments.length > 1)
    .map(
      ([place, environments]) =>
        `${files(environments)} have the registry ${place}, where what one attests counts for the other; give all but one a prefix of its ` +
        'own: registry.prefix',
    );
  const within = [...byPlace].flatMap(([place, environments]) =>
    [...byPlace.keys()]
      .filter((other) => `${place}/`.startsWith(`${other}/${OWN}/`))
      .map(
        (other) =>
          `${files(environments)} has the registry ${place}, in ${other}/${OWN}, which ${files(byPlace.get(other) ?? [])} counts as its own ` +
          'and runs; give it another prefix: registry.prefix',
      ),
  );
  return [...shared, ...within];
}
