import type { StackLock } from '../stack/lock-file';
import { isStack, type Stack } from '../stack/stack';
import type { Suite } from '../target';
import type { PlannedImage } from './planned-image';

/** The lock of a stack, as it is or as it will be. */
export type LockOf = (stack: Stack) => StackLock;

/** The images of the stacks of a release that have locks: the run image of each, and the build image where that has packages of its own. */
export function imagesOfRelease(
  stacks: readonly Stack[],
  release: Suite,
  lockOf: LockOf = ({ lock }) => lock,
): readonly PlannedImage[] {
  return stacks
    .filter(({ suite }) => suite === release)
    .flatMap((stack) => {
      const run = runPackages(stack, lockOf);
      const build = Object.keys(lockOf(stack).build);
      return [
        { name: `${stack.name}-run`, packages: run },
        ...(build.length > 0 ? [{ name: `${stack.name}-build`, packages: [...run, ...build] }] : []),
      ];
    })
    .filter(({ packages }) => packages.length > 0);
}

function runPackages(stack: Stack, lockOf: LockOf): readonly string[] {
  const { base = {}, run } = lockOf(stack);
  const lower = stack.below;
  const below = isStack(lower) ? ('lock' in lower ? runPackages(lower as Stack, lockOf) : []) : Object.keys(base);
  return [...below, ...Object.keys(run)];
}
