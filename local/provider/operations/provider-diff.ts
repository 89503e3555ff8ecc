/**
 * Whether changed provider arguments replace everything the provider made: only when they point to another cluster.
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/ (clusterIdentifier)
 */
import { activeCluster } from '../config/kubeconfig';
import { type PropertyMap, Unknown } from '../protocol/values';

export interface ProviderDiff {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
}

const clusterKeys = ['kubeconfig', 'context', 'cluster'];
const identifier = 'clusterIdentifier';

function choiceOf(properties: PropertyMap): { kubeconfig: string; context: string; cluster: string } {
  const text = (key: string): string => (typeof properties[key] === 'string' ? properties[key] : '');
  return { kubeconfig: text('kubeconfig'), context: text('context'), cluster: text('cluster') };
}

export async function diffProvider(olds: PropertyMap, news: PropertyMap): Promise<ProviderDiff> {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  const same = (key: string): boolean => JSON.stringify(olds[key]) === JSON.stringify(news[key]);
  const changed = [...keys].filter((key) => !same(key)).sort();
  if (changed.length === 0) return { changed, replaces: [] };

  const unknown = clusterKeys.find((key) => news[key] instanceof Unknown);
  if (news[identifier] !== undefined && same(identifier)) return { changed, replaces: [] };
  if (unknown !== undefined) return { changed: [unknown], replaces: [unknown] };

  const replaces: string[] = [];
  if (identifier in olds && identifier in news && !same(identifier)) replaces.push(identifier);
  const [before, after] = await Promise.all([activeCluster(choiceOf(olds)), activeCluster(choiceOf(news))]);
  if (before !== undefined && after !== undefined && before !== after) {
    replaces.push(...clusterKeys.filter((key) => changed.includes(key)));
  }
  return { changed, replaces };
}
