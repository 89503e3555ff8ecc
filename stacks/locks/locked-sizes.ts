import { readdirSync } from 'node:fs';
import { packedSize } from '../../lib/buildpacks/layers/packed-size';
import { distroName, type Suite, SUITES, targetOf } from '../../lib/buildpacks/target';
import { readLockFile } from './read-lock';

/**
 * How many bytes a package of a release takes in a layer, about, from the sizes in the committed locks. Undefined where none says it. Of a
 * package that locks have in more than one version, it is the size of one of these; so it also stands for the version of another revision.
 */
export function lockedSizes(): (release: string, name: string) => number | undefined {
  const suites = new Map<string, Suite>(SUITES.map((suite) => [distroName(targetOf(suite)), suite]));
  const found = new Map<string, number>();
  for (const { abi, base = {}, run, build } of lockNames().map(readLockFile))
    for (const packages of [base, run, build])
      for (const [name, { size }] of Object.entries(packages))
        if (size !== undefined) found.set(`${suites.get(abi.distro) ?? ''} ${name}`, packedSize(name, size));
  return (release, name) => found.get(`${release} ${name}`);
}

/** The stacks that have a lock; beside the locks stand the layer plans of releases. */
function lockNames(): string[] {
  return readdirSync(__dirname).flatMap((file) => /^(.+?)(?<!\.layers)\.json$/.exec(file)?.[1] ?? []);
}
