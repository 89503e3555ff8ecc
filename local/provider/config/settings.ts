/**
 * The provider's arguments. Each flag may come from the provider resource or, failing that, from an environment variable.
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/
 */
import { z } from 'zod';

export interface Settings {
  readonly kubeconfig: string;
  readonly context: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly serverSideApply: boolean;
  readonly patchForce: boolean;
  readonly upsertExistingObjects: boolean;
  readonly mutableConfigMaps: boolean;
  readonly mutableSecrets: boolean;
  readonly deleteUnreachable: boolean;
  readonly skipUpdateUnreachable: boolean;
  /** Milliseconds to wait for an answer. */
  readonly requestTimeout: number;
}

const clientSettings = z.object({ timeout: z.number().optional() });
const prefix = 'kubernetes:config:';

function requestTimeout(given: string | undefined, environment: NodeJS.ProcessEnv): number {
  const configured = given === undefined ? undefined : clientSettings.parse(JSON.parse(given)).timeout;
  const seconds = configured ?? Number(environment['PULUMI_K8S_CLIENT_TIMEOUT'] ?? 30);
  return seconds * 1000;
}

export function readSettings(variables: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): Settings {
  const text = (name: string): string => variables.get(prefix + name) ?? '';
  const flag = (name: string, variable: string, otherwise = false): boolean => {
    const value = variables.get(prefix + name) ?? environment[variable];
    return value === undefined ? otherwise : value === 'true';
  };
  if (text('renderYamlToDirectory') !== '') {
    throw new Error(
      'renderYamlToDirectory is not implemented by the stand-in for the Kubernetes provider; use the official plugin',
    );
  }
  return {
    kubeconfig: text('kubeconfig'),
    context: text('context'),
    cluster: text('cluster'),
    namespace: text('namespace'),
    serverSideApply: flag('enableServerSideApply', 'PULUMI_K8S_ENABLE_SERVER_SIDE_APPLY', true),
    patchForce: flag('enablePatchForce', 'PULUMI_K8S_ENABLE_PATCH_FORCE'),
    upsertExistingObjects: flag('upsertExistingObjects', 'PULUMI_K8S_UPSERT_EXISTING_OBJECTS'),
    mutableConfigMaps: flag('enableConfigMapMutable', 'PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE'),
    mutableSecrets: flag('enableSecretMutable', 'PULUMI_K8S_ENABLE_SECRET_MUTABLE'),
    deleteUnreachable: flag('deleteUnreachable', 'PULUMI_K8S_DELETE_UNREACHABLE'),
    skipUpdateUnreachable: flag('skipUpdateUnreachable', 'PULUMI_K8S_SKIP_UPDATE_UNREACHABLE'),
    requestTimeout: requestTimeout(variables.get(`${prefix}kubeClientSettings`), environment),
  };
}
