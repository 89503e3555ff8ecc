import type { KubeConfig } from '@kubernetes/client-node';
import { ClusterError, wordsOfApi } from './cluster-error';

const HINT =
  'Set KUBECONFIG, or kubeContext in the environment\'s settings file; for the embedded platform: eval "$(npm run -s local -- env)"';

/**
 * Reads kubeconfig ($KUBECONFIG or ~/.kube/config), with a context chosen.
 *
 * @param context - the context's name; without one, the current context
 * @throws ClusterError when there is no such context
 */
export async function readKubeconfig(context?: string): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const config = new Config();
  try {
    config.loadFromDefault();
  } catch (error) {
    throw new ClusterError(`kubeconfig cannot be read: ${wordsOfApi(error)}. ${HINT}`);
  }
  const names = config.getContexts().map(({ name }) => name);
  const chosen = context ?? config.getCurrentContext();
  if (!names.includes(chosen))
    throw new ClusterError(`kubeconfig has no context '${chosen}' (it has: ${names.join(', ') || 'none'}). ${HINT}`);
  config.setCurrentContext(chosen);
  return config;
}
