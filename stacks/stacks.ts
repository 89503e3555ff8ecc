import { bookworm } from './bookworm';
import { bookwormPython311 } from './bookworm-python311';

/** All stacks, each after the one that it extends. */
export const stacks = [bookworm, bookwormPython311] as const;
