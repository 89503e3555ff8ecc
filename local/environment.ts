/** The variables with which Pulumi, kubectl and the tests find the embedded platform. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { statePath } from './directories';
import { buildFolder } from './toolchain/modules';
import { hasKubernetesPlugin, pulumiFolders } from './toolchain/pulumi-installation';

// One per state directory, so that secrets in a checkpoint are not readable by everybody who has read this file.
function passphrase(): string {
  const file = statePath('passphrase');
  mkdirSync(statePath(), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

/** Variables to add to a process's environment; PATH is complete, with the platform's programs first. */
export function platformEnvironment(): Record<string, string> {
  mkdirSync(statePath('pulumi'), { recursive: true });
  const standIn = hasKubernetesPlugin() ? [] : [join(__dirname, 'provider', 'bin')];
  return {
    KUBECONFIG: statePath('kubeconfig'),
    PATH: [...pulumiFolders(), buildFolder('kubernetes'), ...standIn, process.env['PATH'] ?? ''].join(':'),
    PULUMI_BACKEND_URL: `file://${statePath('pulumi')}`,
    PULUMI_CONFIG_PASSPHRASE: passphrase(),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // Without network access each attempt to download a plugin costs seconds, and none can succeed.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  };
}
