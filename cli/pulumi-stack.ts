import {
  ConcurrentUpdateError,
  type Deployment,
  LocalWorkspace,
  type Stack,
  StackAlreadyExistsError,
} from '@pulumi/pulumi/automation';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Attempt, parseRunName } from '../lib/deploy/attempts';
import { readSettings, type Settings } from '../lib/settings/settings';
import { platformEnvironment } from '../local/platform';
import { releaseAbandonedLock } from './abandoned-lock';
import { backendFolder, backendOf } from './backend';
import { ENGINE_SETTINGS } from './engine-settings';
import { endOrphans, UP_VARIABLE, upMarker } from './orphans';
import { inItsWords } from './pulumi-words';
import { runsOf } from './state';

export const ROOT = join(__dirname, '..');

/** Set to '1', it says that the variables for the environment `local` are given: the tests have a backend of their own. */
const GIVEN_VARIABLE = 'CSB_ENVIRONMENT_GIVEN';

/** Opens the Pulumi stack of an environment, making it when the backend has none. What a killed Pulumi left running is ended. */
export async function openStack(environment: string): Promise<Stack> {
  useClusterOf(environment);
  endOrphans(backend(), environment); // killed previews, which take no lock, leave them as well
  const envVars = { ...ENGINE_SETTINGS, [UP_VARIABLE]: upMarker(backend(), environment), PULUMI_SKIP_UPDATE_CHECK: 'true' };
  return inItsWords(createOrSelect(environment, envVars));
}

async function createOrSelect(environment: string, envVars: Record<string, string>): Promise<Stack> {
  const how = [{ stackName: environment, workDir: ROOT }, { envVars }] as const;
  try {
    return await LocalWorkspace.createOrSelectStack(...how);
  } catch (error) {
    // Another first command was quicker since Pulumi looked.
    if (error instanceof StackAlreadyExistsError) return LocalWorkspace.selectStack(...how);
    throw error;
  }
}

/** Makes kubeconfig, programs and backend those of the environment: the embedded platform's for `local`, else the caller's own. */
export function useClusterOf(environment: string): Settings {
  const settings = readSettings(ROOT, environment);
  if (environment === 'local' && process.env[GIVEN_VARIABLE] !== '1') useEmbeddedPlatform();
  return settings;
}

/**
 * Does something that needs the stack's lock: takes away what a killed `up` left behind, and waits while another one holds the lock.
 */
export async function withLock<T>(stack: Stack, work: () => Promise<T>): Promise<T> {
  const url = await backendOf(stack);
  for (let told = false; ; told = true) {
    await releaseAbandonedLock(stack, backend(), url);
    try {
      return await work();
    } catch (error) {
      // Another `up` was quicker since we looked.
      if (!(error instanceof ConcurrentUpdateError)) throw error;
      if (backendFolder(url, ROOT) === undefined)
        throw new Error(
          `'${stack.name}' is being updated by somebody else, says the backend ${url}; try again when that has ended, or, when it is dead: ` +
            `pulumi cancel --stack ${stack.name}`,
          { cause: error },
        );
      if (!told) console.error(`Another \`up\` of '${stack.name}' is running; waiting for it to end ...`);
      await sleep(1000);
    }
  }
}

/** What Pulumi knows of a stack. */
export function exportedState(stack: Stack): Promise<Deployment> {
  return inItsWords(stack.exportStack());
}

/** The runs in a stack's state. */
export async function runsInState(stack: Stack): Promise<Attempt[]> {
  return runsOf(await exportedState(stack)).flatMap(({ name }) => parseRunName(name) ?? []);
}

const backend = (): string => process.env['PULUMI_BACKEND_URL'] ?? '';

/** Its kubeconfig, backend and programs, whatever the caller uses for other environments. */
function useEmbeddedPlatform(): void {
  const variables = platformEnvironment();
  if (!existsSync(variables['KUBECONFIG'] ?? ''))
    throw new Error('the embedded platform does not run on this machine; start it with: npm start');
  Object.assign(process.env, variables);
}
