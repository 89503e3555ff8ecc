import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '../lib/registry/registry';
import type { Settings } from '../lib/settings/settings';
import { type CurrentImage, currentImages, isCurrent, legacyDefinition } from '../stacks/legacy/catalogue';
import { imagesOfTheWay, wordOf } from './images-of-the-way';

/** The repository of the legacy images, whose build.py makes them. */
const REPOSITORY = 'https://gerrit.wikimedia.org/r/operations/docker-images/toollabs-images';

export interface LegacyBuildOptions {
  /** A checkout of the legacy repository. */
  readonly legacy?: string;
  readonly dryRun: boolean;
}

/** A legacy image whose `latest` is its own. */
interface LegacyImage {
  readonly name: CurrentImage;
  /** Whether something here declares its successor. */
  readonly isDeclared: boolean;
}

/**
 * The legacy images that tools run by `latest`, and that the legacy repository builds therefore: all but those that ours have succeeded, and
 * those that are gone.
 */
export function legacyBuilt(environment: string, settings: Settings): readonly LegacyImage[] {
  return imagesOfTheWay(environment, settings).flatMap((each) =>
    isCurrent(each.name) && !['promoted', 'retired'].includes(wordOf(each))
      ? [{ name: each.name, isDeclared: each.image !== undefined }]
      : [],
  );
}

/**
 * Builds images the legacy way: build.py of the legacy repository, with docker, on this machine. Each alone, and pushed: what it is made from and
 * what stands on it may be ours by now, and has the same tags.
 *
 * @throws Error without a checkout, naming the option and what has to be there
 */
export function buildLegacy(settings: Settings, names: readonly CurrentImage[], options: LegacyBuildOptions): void {
  const { legacy: folder, dryRun } = options;
  if (folder === undefined)
    throw new Error(
      `${names.join(', ')}: the legacy repository builds what nothing here declares; say --legacy <folder>, a checkout of ${REPOSITORY}, on a machine with docker that may push to ${settings.registry.host}`,
    );
  if (!existsSync(join(folder, 'build.py')))
    throw new Error(`${folder} has no build.py; expected is a checkout of the legacy repository, ${REPOSITORY}`);
  // The catalogue has each after what it is made from.
  const inOrder = currentImages.filter((each) => names.includes(each));
  for (const command of inOrder.map((name) => legacyCommand(settings, name))) {
    console.error(`${folder}: ${command.join(' ')}`);
    const [program = '', ...args] = command;
    if (dryRun) continue;
    const { status, error } = spawnSync(program, args, { cwd: folder, stdio: 'inherit' });
    if (status !== 0)
      throw new Error(`${command.join(' ')} failed: ${error?.message ?? `it ended with ${status ?? 'a signal'}`}`);
  }
}

/** As rebuild_all.sh calls it, but for this image only: without --single, build.py builds and pushes all that it is made from, and all that stands on it. */
function legacyCommand(settings: Settings, name: CurrentImage): readonly string[] {
  const registry = new Registry(settings.registry).root;
  const tag = settings.publicTags.at(-1) ?? 'testing';
  return [
    ...['python3', 'build.py', '--docker-registry', registry, '--image-prefix', 'toolforge', '--tag', tag],
    ...['--no-cache', '--push', '--single', legacyDefinition(name).path],
  ];
}
