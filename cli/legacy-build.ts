import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { type CurrentImage, isCurrent, legacyDefinition } from '../stacks/legacy/catalogue';
import { imagesOfTheWay } from './images-of-the-way';

/** The repository of the legacy images, whose build.py makes them. */
const REPOSITORY = 'https://gerrit.wikimedia.org/r/operations/docker-images/toollabs-images';

export interface LegacyBuildOptions {
  /** A checkout of the legacy repository. */
  readonly legacy?: string;
  readonly dryRun: boolean;
}

/** The legacy images that nothing declares, and that the legacy repository builds therefore. */
export function legacyBuilt(environment: string, settings: Settings): CurrentImage[] {
  return imagesOfTheWay(environment, settings)
    .filter(({ image }) => image === undefined)
    .map(({ name }) => name)
    .filter(isCurrent);
}

/**
 * Builds images the legacy way: build.py of the legacy repository, with docker, on this machine. Each with all that it is made from, and pushed.
 *
 * @throws Error without a checkout, naming the option and what has to be there
 */
export function buildLegacy(settings: Settings, names: readonly CurrentImage[], options: LegacyBuildOptions): void {
  const { legacy: folder, dryRun } = options;
  const wanted = `${names.join(', ')}: nothing here declares ${names.length === 1 ? 'it' : 'them'}, so the legacy repository builds`;
  if (folder === undefined)
    throw new Error(
      `${wanted} ${names.length === 1 ? 'it' : 'them'}; say --legacy <folder>, a checkout of ${REPOSITORY}, on a machine with docker that may push to ${settings.registry.host}`,
    );
  if (!existsSync(join(folder, 'build.py')))
    throw new Error(`${folder} has no build.py; expected is a checkout of the legacy repository, ${REPOSITORY}`);
  for (const command of names.map((name) => legacyCommand(settings, name))) {
    console.log(`${folder}: ${command.join(' ')}`);
    const [program = '', ...args] = command;
    if (dryRun) continue;
    const { status, error } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0)
      throw new Error(`${command.join(' ')} failed: ${error?.message ?? `it ended with ${status ?? 'a signal'}`}`);
  }
}

/** As rebuild_all.sh calls it, and without what stands on the image: build.py builds what it is made from by itself. */
function legacyCommand(settings: Settings, name: CurrentImage): readonly string[] {
  const registry = new Registry(settings.registry).root;
  const tag = settings.publicTags.at(-1) ?? 'testing';
  return [
    ...['python3', 'build.py', '--docker-registry', registry, '--image-prefix', 'toolforge', '--tag', tag],
    ...['--no-cache', '--push', legacyDefinition(name).path],
  ];
}
