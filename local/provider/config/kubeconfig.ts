/**
 * A kubeconfig given as a path, as content, or by the environment, with the chosen context.
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

import type { KubeConfig } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };

export interface KubeconfigChoice {
  /** Path or content; empty for the environment's. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly cluster: string;
}

/** The client library is large: it loads while the engine is already talking to the provider. */
export const clientLibrary = () => import('@kubernetes/client-node');

export async function loadKubeconfig({ kubeconfig, context, cluster }: KubeconfigChoice): Promise<KubeConfig> {
  const { KubeConfig } = await clientLibrary();
  const config = new KubeConfig();
  const file = kubeconfig.startsWith('~/') ? path.join(homedir(), kubeconfig.slice(2)) : kubeconfig;
  if (kubeconfig === '') config.loadFromDefault();
  else if (!kubeconfig.includes('\n') && existsSync(file)) config.loadFromFile(file);
  else config.loadFromString(kubeconfig);
  if (context !== '') {
    if (config.getContextObject(context) === null) throw new Error(`context "${context}" does not exist`);
    config.setCurrentContext(context);
  }
  const chosen = config.getContextObject(config.getCurrentContext());
  if (cluster !== '' && chosen !== null) {
    config.contexts = config.contexts.map((each) => (each === chosen ? { ...each, cluster } : each));
  }
  if (config.getCurrentCluster() === null) throw new Error('invalid configuration: no configuration has been provided');
  return config;
}

/** The cluster that a choice points to, as text to compare; undefined where it cannot be told. */
export async function activeCluster(choice: KubeconfigChoice): Promise<string | undefined> {
  try {
    const config = await loadKubeconfig(choice);
    return JSON.stringify(config.getCurrentCluster());
  } catch {
    return undefined;
  }
}
