/**
 * Turns the provider's arguments into a connection, and finds out at once whether anyone answers.
 */
import { announcement } from '../identity';
import { Connection } from '../cluster/connection';
import { Discovery } from '../cluster/discovery';
import { ObjectStore } from '../cluster/objects';
import { loadKubeconfig } from '../config/kubeconfig';
import { readSettings } from '../config/settings';
import type { Engine } from '../protocol/engine';
import type { Provider } from './provider';

export interface ConfigureRequest {
  readonly urn: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly acceptSecrets: boolean;
}

export async function configure(request: ConfigureRequest, engine: Engine, cancelled: AbortSignal): Promise<Provider> {
  engine.log(request.urn, 'info', announcement);
  const settings = readSettings(request.variables, process.env);
  const common = { settings, engine, cancelled, keepSecrets: request.acceptSecrets };
  let defaultNamespace = settings.namespace;
  try {
    const config = await loadKubeconfig(settings);
    const contextNamespace = config.getContextObject(config.getCurrentContext())?.namespace;
    defaultNamespace = settings.namespace || contextNamespace || 'default';
    const connection = new Connection(config, settings.requestTimeout);
    await Promise.all(['/version', '/api/v1'].map((path) => connection.send({ method: 'GET', path, signal: cancelled })));
    const discovery = new Discovery(connection);
    return {
      ...common,
      discovery,
      defaultNamespace,
      reach: { kind: 'reachable', store: new ObjectStore(connection, discovery) },
    };
  } catch (error) {
    const reason = `unable to load schema information from the API server: ${error instanceof Error ? describe(error) : String(error)}`;
    return { ...common, discovery: new Discovery(undefined), defaultNamespace, reach: { kind: 'unreachable', reason } };
  }
}

/** Node's errors for several addresses carry their messages inside. */
function describe(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.filter((each) => each instanceof Error) : [];
  return [error.message, ...inner.map((each) => each.message)].filter((message) => message !== '').join('; ');
}
