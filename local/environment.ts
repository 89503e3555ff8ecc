/** The variables with which Pulumi, kubectl and the tests find the embedded platform. */
import { mkdirSync } from 'node:fs';
import { statePath } from './directories';
import { buildFolder } from './toolchain/modules';
import { pulumiFolders } from './toolchain/pulumi-installation';

/**
 * The passphrase of the environment `local`, whose salt stands in Pulumi.local.yaml. Nothing secret is in that environment: what it
 * holds never leaves the machine's own network namespace. Every other environment has a passphrase or key service of its own.
 */
const LOCAL_PASSPHRASE = 'local';

/** Variables to add to a process's environment; PATH is complete, with the platform's programs first. */
export function platformEnvironment(): Record<string, string> {
  mkdirSync(statePath('pulumi'), { recursive: true });
  return {
    KUBECONFIG: statePath('kubeconfig'),
    PATH: [...pulumiFolders(), buildFolder('kubernetes'), process.env['PATH'] ?? ''].join(':'),
    PULUMI_BACKEND_URL: `file://${statePath('pulumi')}`,
    PULUMI_CONFIG_PASSPHRASE: LOCAL_PASSPHRASE,
    // `npm test` checks types; the language host need not do it again at every `up`.
    PULUMI_NODEJS_TRANSPILE_ONLY: 'true',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
  };
}
