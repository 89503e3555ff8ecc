/**
 * Where the pods of a task may call, beside the name server.
 *
 * - `registry`: the registry of the environment
 * - `mirror`: the Debian mirrors
 * - `sources`: where pinned files and tools' repositories are, any host by HTTP
 * - `api`: the API server of the cluster
 * - `tool-pods`: the pods that the contract makes
 */
export const DESTINATIONS = ['registry', 'mirror', 'sources', 'api', 'tool-pods'] as const;

/** One of them. */
export type Destination = (typeof DESTINATIONS)[number];

/** The label of pods that may call a destination; Tekton hands the labels of a Task on to its pods. Network policies select by it. */
export function egressLabel(destination: Destination): string {
  return `egress.cloud-services-buildpacks.toolforge.org/${destination}`;
}

/** The labels of a task. */
export function egressLabels(destinations: readonly Destination[]): Readonly<Record<string, 'allowed'>> {
  return Object.fromEntries([...destinations].sort().map((each) => [egressLabel(each), 'allowed']));
}

/** What is wrong with what a task says of its egress, when its types were lost: a label that no policy knows would let its pods call nobody. */
export function egressProblems(destinations: unknown): string[] {
  const expected = `expected a list of ${DESTINATIONS.join(', ')}, or an empty one`;
  if (!Array.isArray(destinations)) return [`the task has no list as its egress; ${expected}`];
  return destinations
    .filter((each) => !DESTINATIONS.some((known) => known === each))
    .map((each) => `the task's egress names ${JSON.stringify(each)}; ${expected}`);
}
