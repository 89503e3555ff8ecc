import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from '../../synth/content-hash';
import { script } from '../../tekton/script';
import { STORAGE } from '../pod-storage';
import type { Check, Item, Shape } from './item';
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
      .map((file) => [file, script(driverDirectory, file)]),
  ),
};

/** What of an image decides which contract holds for it; the minor version of its language is the image's own. */
export interface Tried {
  readonly kind: 'base' | 'web';
  readonly language?: Readonly<Record<string, string>> | undefined;
}

/** What only the pods of servers get. */
const OF_SERVERS = ['app.py', 'uwsgi.ini'];

/**
 * Which contract holds for an image: the hash of the items that apply to it, of the checks that try them, and of the driver. An attestation
 * holds for one of these. A check of another language is in none of it: to change that tries no other image again.
 */
export function contractVersion(family: Tried): string {
  const applying = items.filter((item) => applies(item, family)).map((item) => forFamily(item, family));
  const checks = new Set(
    applying.flatMap((item) => ('checks' in item ? item.checks.map(({ check }) => `check.${check}.sh`) : [])),
  );
  const files = Object.entries(contractFiles).filter(
    ([name]) =>
      name !== 'items.json' &&
      (!name.startsWith('check.') || checks.has(name)) &&
      (family.kind === 'web' || !OF_SERVERS.includes(name)),
  );
  return contentHash({ items: applying, files: Object.fromEntries(files), steps: CONTRACT_STEPS }).slice(0, 16);
}

// As driver/plan.jq has it.
function applies({ appliesTo }: Item, { kind, language }: Tried): boolean {
  return appliesTo === 'every' || (appliesTo === 'web' && kind === 'web') || (appliesTo === 'python' && language !== undefined);
}

function forFamily(item: Item, { kind }: Tried): Item {
  if (!('checks' in item)) return item;
  const isPod = (shape: Shape): boolean => kind === 'web' || !shape.startsWith('web');
  const checks = item.checks
    .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === kind)
    .map((check): Check => ({ ...check, in: check.in.filter(isPod) }));
  return { ...item, checks: checks.filter((check) => check.in.length > 0) };
}
