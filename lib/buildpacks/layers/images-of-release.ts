import type { StackLock } from '../stack/lock-file';
import { isStack, type Stack } from '../stack/stack';
import type { Suite } from '../target';
import { imagesOfStack, type PlannedImage } from './planned-image';

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
    .flatMap((stack) => imagesOfStack(stack.name, runPackages(stack, lockOf), Object.keys(lockOf(stack).build)))
    .filter(({ packages }) => packages.length > 0);
}

function runPackages(stack: Stack, lockOf: LockOf): readonly string[] {
  const { base = {}, run } = lockOf(stack);
  const lower = stack.below;
  const below = isStack(lower) ? ('lock' in lower ? runPackages(lower as Stack, lockOf) : []) : Object.keys(base);
  return [...below, ...Object.keys(run)];
}
