import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../synth/content-hash';
import { script } from '../../tekton/script';
import { STORAGE } from '../pod-storage';
import { items } from './items';

const checksDirectory = join(__dirname, 'checks');
const driverDirectory = join(__dirname, 'driver');
const stepsDirectory = join(__dirname, 'steps');

/** The names of all scripts in checks/. */
export const checkNames: readonly string[] = readdirSync(checksDirectory)
  .filter((file) => file.endsWith('.sh'))
  .map((file) => file.slice(0, -'.sh'.length))
  .sort();

/** The scripts of the Task's steps. */
export const CONTRACT_STEPS = {
  lookUp: script(stepsDirectory, 'look-up.sh'),
  pods: script(stepsDirectory, 'pods.sh'),
  attest: script(stepsDirectory, 'attest.sh'),
} as const;

/** What the steps read from /contract, by file name: the table, the checks as `check.<name>.sh`, what runs them, and the mounts of pods. */
export const contractFiles: Readonly<Record<string, string>> = {
  'items.json': `${JSON.stringify(items, undefined, 1)}\n`,
  'storage.json': `${JSON.stringify(STORAGE, undefined, 1)}\n`,
  ...Object.fromEntries(checkNames.map((name) => [`check.${name}.sh`, script(checksDirectory, `${name}.sh`)])),
  ...Object.fromEntries(
    readdirSync(driverDirectory)
      .sort()
      .map((file) => [file, readFileSync(join(driverDirectory, file), 'utf8')]),
  ),
};

/** Which contract this is: the hash of the table, the checks and the driver. An attestation holds for one of these. */
export const CONTRACT_VERSION = contentHash({ files: contractFiles, steps: CONTRACT_STEPS }).slice(0, 16);

/** The labels of an attestation: `<this>.contract`, `.image`, `.family`, `.passed`, `.failed`, `.not-applicable`. */
export const ATTESTATION_LABEL = 'org.toolforge.image-contract';

/** The reference under which the attestation of a digest stands: `<repository>:sha256-<digest>.contract`. */
export function attestationReference(repository: string, digest: `sha256:${string}`): string {
  return `${repository}:${digest.replace(':', '-')}.contract`;
}
